package io.econtext.values;

import io.econtext.core.ValueException;
import io.econtext.parent.Printable;
import io.econtext.types.Located;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Makes the codec's own failure of Jackson's, with the path as targets write it.
 *
 * <p>Stateless.
 */
final class Failures {
    static final String TOO_DEEP = "too deep: a cycle?";

    private Failures() {}

    static ValueException of(RuntimeException failure) {
        ValueException found = new ValueException(Printable.brief(what(failure)));
        found.initCause(failure);
        List<JacksonException.Reference> path =
                failure instanceof JacksonException jackson ? jackson.getPath() : List.of();
        for (int i = path.size() - 1; i >= 0; i--) {
            found = Located.at(step(path.get(i)), found);
        }
        return found;
    }

    /** What the innermost cause says; Jackson's own says it without its location, which names our sources. */
    private static String what(Throwable failure) {
        if (failure instanceof StreamConstraintsException) {
            return TOO_DEEP;
        }
        if (failure.getCause() != null) {
            return what(failure.getCause());
        }
        if (failure instanceof JacksonException jackson) {
            return jackson.getOriginalMessage();
        }
        return failure instanceof ValueException ? failure.getMessage() : failure.toString();
    }

    private static String step(JacksonException.Reference reference) {
        String name = reference.getPropertyName();
        if (name == null) {
            return "[" + reference.getIndex() + "]";
        }
        boolean key = reference.from() instanceof Map
                || reference.from() instanceof Class<?> c && Map.class.isAssignableFrom(c);
        return key ? "[" + name + "]" : "." + name;
    }
}
