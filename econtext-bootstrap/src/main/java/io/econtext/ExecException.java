package io.econtext;

/** A program could not be started, or ended with a status other than 0. */
public final class ExecException extends EcontextException {
    private static final long serialVersionUID = 1;

    /** The status of a program that could not be started. */
    public static final int NOT_STARTED = 127;

    private final int status;

    public ExecException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
