package io.econtext.core;

/**
 * A value that can't travel, or a document that isn't what it says it is; the message names the place.
 *
 * <p>Immutable.
 */
@SuppressWarnings("serial") // a number for it would be streamed to every target
public class ValueException extends RuntimeException {
    public ValueException(String message) {
        super(message);
    }
}
