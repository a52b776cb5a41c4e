package io.econtext;

/** The context, or the link to it, is gone. */
public final class ContextLostException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final String context;
    private final Delivery delivery;

    public ContextLostException(String context, String reason, Delivery delivery, Throwable cause) {
        super(context + " is lost: " + reason, cause);
        this.context = context;
        this.delivery = delivery;
    }

    /** The name of the context. */
    public String context() {
        return context;
    }

    public Delivery delivery() {
        return delivery;
    }
}
