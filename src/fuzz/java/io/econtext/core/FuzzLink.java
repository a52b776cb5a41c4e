package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A link that is fed, and whose frames are looked at. Used by one thread. */
final class FuzzLink extends Link {
    static final int MAX_MESSAGE = 1 << 20;

    private boolean wanted;

    FuzzLink(Router router, int first) {
        super(router, first, first, MAX_MESSAGE);
        router.add(this);
    }

    /** Takes it piece by piece, as a stream may bring it, until the neighbour breaks the protocol. */
    void feed(byte[] data, int offset, int piece) {
        try {
            for (int at = offset; at < data.length; at += piece) {
                received(data, at, Math.min(piece, data.length - at));
            }
        } catch (LinkException e) {
            end(e.getMessage());
        }
    }

    /** What was sent here. */
    List<Message> frames() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] b = new byte[Message.HEADER + Message.FRAGMENT];
        int n;
        while (wanted && (n = next(b)) > 0) {
            all.write(b, 0, n);
        }
        wanted = false;
        byte[] bytes = all.toByteArray();
        List<Message> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int size = Message.getInt(bytes, at + 4);
            frames.add(Message.read(bytes, at, 0, size));
            at += Message.HEADER + size;
        }
        return frames;
    }

    @Override
    protected boolean canWriteNow() {
        return false;
    }

    @Override
    protected void writeNow(byte[] frame) {
        throw new AssertionError("this link said it can't");
    }

    @Override
    protected void wakeWriter() {
        wanted = true;
    }

    @Override
    protected void close() {}
}
