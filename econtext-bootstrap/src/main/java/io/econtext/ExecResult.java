package io.econtext;

import java.nio.charset.StandardCharsets;

/** What a program printed and how it ended. Immutable. */
public final class ExecResult {
    private int status;
    private byte[] out;
    private byte[] err;
    private boolean truncated;

    private ExecResult() {}

    ExecResult(int status, byte[] out, byte[] err, boolean truncated) {
        this.status = status;
        this.out = out;
        this.err = err;
        this.truncated = truncated;
    }

    /** The exit status; 128 and the signal's number where a signal ended it. */
    public int status() {
        return status;
    }

    /** What it printed to stdout, as UTF-8. */
    public String out() {
        return new String(out, StandardCharsets.UTF_8);
    }

    /** What it printed to stderr, as UTF-8. */
    public String err() {
        return new String(err, StandardCharsets.UTF_8);
    }

    public byte[] outBytes() {
        return out.clone();
    }

    public byte[] errBytes() {
        return err.clone();
    }

    /** Whether a stream was longer than the limit, and its rest was dropped. */
    public boolean isTruncated() {
        return truncated;
    }

    @Override
    public String toString() {
        return "status " + status + ", " + out.length + " bytes out, " + err.length + " bytes err";
    }
}
