package io.econtext;

/** The deadline of a call passed. The call was told to stop; whether it did is told to the broker's listeners. */
public final class CallTimeoutException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final Delivery delivery;

    public CallTimeoutException(String message, Delivery delivery) {
        super(message, null);
        this.delivery = delivery;
    }

    public Delivery delivery() {
        return delivery;
    }
}
