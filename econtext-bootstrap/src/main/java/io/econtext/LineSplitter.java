package io.econtext;

import java.nio.charset.StandardCharsets;

/** Makes lines of bytes and sends them, an unfinished one only at the end. For one thread. */
final class LineSplitter {
    /** A longer line is sent in pieces. */
    private static final int LIMIT = 64 * 1024;

    private final Sender<String> sender;
    private final byte[] line = new byte[LIMIT];
    private int length;

    LineSplitter(Sender<String> sender) {
        this.sender = sender;
    }

    void add(byte[] bytes, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                send(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
                length = 0;
            } else {
                if (length == LIMIT) {
                    sendPiece();
                }
                line[length++] = bytes[i];
            }
        }
    }

    /** No more bytes of this line will come. */
    void end() throws InterruptedException {
        if (length > 0) {
            send(length);
            length = 0;
        }
    }

    private void sendPiece() throws InterruptedException {
        int piece = length;
        // not between the bytes of one character
        while (piece > LIMIT - 4 && (line[piece - 1] & 0xC0) == 0x80) {
            piece--;
        }
        if (piece > LIMIT - 4 && (line[piece - 1] & 0xC0) == 0xC0) {
            piece--;
        }
        send(piece);
        length -= piece;
        System.arraycopy(line, piece, line, 0, length);
    }

    private void send(int bytes) throws InterruptedException {
        sender.send(new String(line, 0, bytes, StandardCharsets.UTF_8));
    }
}
