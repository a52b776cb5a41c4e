package io.econtext.spring.shell;

/** A command isn't understood; the message says what is. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
