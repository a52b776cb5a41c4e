package io.econtext;

/** A function, an argument or a result can't travel; nothing was sent. */
public final class NotPortableException extends EcontextException {
    private static final long serialVersionUID = 1;

    public NotPortableException(String message) {
        super(message, null);
    }

    public NotPortableException(String message, Throwable cause) {
        super(message, cause);
    }
}
