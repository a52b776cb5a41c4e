package io.econtext;

import java.util.Arrays;

/** A piece of what a program printed, or its end. Immutable. */
public final class ExecOutput {
    public static final int OUT = 1;
    public static final int ERR = 2;
    static final int ENDED = 0;

    private int stream;
    private byte[] bytes;
    private int status;

    private ExecOutput() {}

    static ExecOutput of(int stream, byte[] bytes, int length) {
        ExecOutput output = new ExecOutput();
        output.stream = stream;
        output.bytes = Arrays.copyOf(bytes, length);
        return output;
    }

    static ExecOutput ended(int status) {
        ExecOutput output = new ExecOutput();
        output.stream = ENDED;
        output.bytes = new byte[0];
        output.status = status;
        return output;
    }

    /** Whether this is the end of the program; then there is a {@link #status}. */
    public boolean isEnd() {
        return stream == ENDED;
    }

    public boolean isErr() {
        return stream == ERR;
    }

    /** What was printed; the array is the caller's. */
    public byte[] bytes() {
        return bytes;
    }

    /** The exit status; 128 and the signal's number where a signal ended it. */
    public int status() {
        return status;
    }
}
