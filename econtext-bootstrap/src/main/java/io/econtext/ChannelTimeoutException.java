package io.econtext;

/** Nothing came within the time; the channel stays usable. */
public final class ChannelTimeoutException extends EcontextException {
    private static final long serialVersionUID = 1;

    public ChannelTimeoutException(String message) {
        super(message, null);
    }
}
