package io.econtext;

/** A message came back: there is no such context or handle, it may not be used from here, or too many calls wait. */
public final class UndeliverableException extends EcontextException {
    private static final long serialVersionUID = 1;

    public UndeliverableException(String message) {
        super(message, null);
    }
}
