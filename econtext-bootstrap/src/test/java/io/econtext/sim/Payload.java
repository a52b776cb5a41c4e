package io.econtext.sim;

import java.nio.ByteBuffer;

/** What simulated messages carry: a number, where they go, what is wanted, and bytes that can be checked. Immutable. */
final class Payload {
    private static final int HEADER = 12;

    final int number;
    final int destination;
    final int wanted;

    Payload(int number, int destination, int wanted) {
        this.number = number;
        this.destination = destination;
        this.wanted = wanted;
    }

    /** @param length how many bytes more than the numbers take */
    byte[] bytes(int length) {
        byte[] bytes = new byte[HEADER + length];
        ByteBuffer.wrap(bytes).putInt(number).putInt(destination).putInt(wanted);
        for (int i = HEADER; i < bytes.length; i++) {
            bytes[i] = (byte) (number + i);
        }
        return bytes;
    }

    static Payload read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Payload payload = new Payload(in.getInt(), in.getInt(), in.getInt());
        for (int i = HEADER; i < bytes.length; i++) {
            if (bytes[i] != (byte) (payload.number + i)) {
                throw new IllegalStateException("byte " + i + " of " + bytes.length + " is wrong");
            }
        }
        return payload;
    }
}
