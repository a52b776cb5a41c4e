package io.econtext;

/**
 * Who calls isn't an ancestor of the context, and only ancestors may run code in it; nothing ran. To talk to other
 * contexts there are channels.
 */
public final class NotAllowedException extends EcontextException {
    private static final long serialVersionUID = 1;

    public NotAllowedException(String message) {
        super(message, null);
    }
}
