package io.econtext;

/** The other end of a channel failed, was closed, or is gone; the message says which. */
public final class ChannelClosedException extends EcontextException {
    private static final long serialVersionUID = 1;

    public ChannelClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
