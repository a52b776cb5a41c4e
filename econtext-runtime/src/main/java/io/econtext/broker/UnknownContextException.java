package io.econtext.broker;

import io.econtext.EcontextException;
import java.util.Collection;

/** There is no context of that name; the message lists those that are. */
public final class UnknownContextException extends EcontextException {
    private static final long serialVersionUID = 1;

    UnknownContextException(String name, Collection<String> names) {
        super(
                "no context '" + name
                        + (names.isEmpty() ? "'; none is known" : "'; known: " + String.join(", ", names)),
                null);
    }
}
