package io.econtext.spring.autoconfigure;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The configuration of contexts contradicts itself; the message says where and what is allowed. */
public final class InvalidContextException extends FailureAnalyzedException {
    private static final long serialVersionUID = 1;

    InvalidContextException(String description, String action) {
        super(description, action);
    }

    InvalidContextException(String description, String action, Throwable cause) {
        super(description, action, cause);
    }
}
