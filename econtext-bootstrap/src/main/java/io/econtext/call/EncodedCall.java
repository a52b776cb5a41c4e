package io.econtext.call;

import io.econtext.core.Message;
import java.util.List;

/** A call that is ready to be sent to any context, but for its numbers and deadline. Immutable. */
public final class EncodedCall {
    private static final int NUMBERS = 12;

    public final Target target;
    /** The number of the application's loader. */
    public final int loader;
    /** The classes that it needs for a start. */
    public final List<String> needed;

    private final byte kind;
    private final byte[] rest;

    EncodedCall(Target target, int kind, byte[] rest, int loader, List<String> needed) {
        this.target = target;
        this.kind = (byte) kind;
        this.rest = rest;
        this.loader = loader;
        this.needed = needed;
    }

    /** Whether it travels in fragments. */
    public boolean isLong() {
        return 1 + NUMBERS + rest.length > Message.FRAGMENT;
    }

    /** @param turn its number in a chain, 0 for none */
    public byte[] body(int call, int millis, int turn) {
        byte[] body = new byte[1 + NUMBERS + rest.length];
        body[0] = kind;
        Message.putInt(body, 1, call);
        Message.putInt(body, 5, millis);
        Message.putInt(body, 9, turn);
        System.arraycopy(rest, 0, body, 1 + NUMBERS, rest.length);
        return body;
    }
}
