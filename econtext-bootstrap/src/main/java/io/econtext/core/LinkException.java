package io.econtext.core;

/** The neighbour broke the protocol: it costs the link, nobody else anything. */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LinkException(String message) {
        super(message);
    }

    /** Its message alone, as that is the reason for which a link ends. */
    @Override
    public String toString() {
        return getMessage();
    }
}
