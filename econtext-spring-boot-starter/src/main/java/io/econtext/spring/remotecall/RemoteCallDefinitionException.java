package io.econtext.spring.remotecall;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** A bean can't work as {@code @RemoteCall} asks; the message says why, its analysis what to do. */
public final class RemoteCallDefinitionException extends FailureAnalyzedException {
    private static final long serialVersionUID = 1;

    RemoteCallDefinitionException(String bean, String problem, String cure) {
        super("@RemoteCall of bean '" + bean + "' can't work: " + problem + ".", cure + ".");
    }

    RemoteCallDefinitionException(String bean, String problem, String cure, Throwable cause) {
        super("@RemoteCall of bean '" + bean + "' can't work: " + problem + ".", cure + ".", cause);
    }
}
