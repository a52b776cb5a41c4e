package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;

/**
 * How the values of one class, or of one kind of classes, travel. An interface, as the verifier of {@link Forms} would
 * load, and so fetch, every subclass of a class.
 *
 * <p>Immutable.
 */
public interface Form {
    /** Throws if this value can't stand where the type is declared, though others can; its parts aren't looked at. */
    default void check(Object value, Type declared) {}

    /** Writes a checked value that is neither null nor a scalar of the core. */
    void put(SmileWriter out, Object value, Type declared);

    Object get(SmileReader in, Type declared);

    /** The types of the parts that a value has, by the step of the path that leads to them. */
    default Map<String, Type> parts(Type declared) {
        return Collections.emptyMap();
    }

    /** Begins to read what should be an {@link SmileReader#ARRAY} or {@link SmileReader#OBJECT}; false for null. */
    static boolean opens(Object token, SmileReader in, Type declared) {
        Object found = in.next();
        if (found != null && found != token) {
            throw bad(in, declared);
        }
        return found != null;
    }

    /** The text that comes next, or null. */
    static String text(SmileReader in, Type declared) {
        Object found = in.next();
        if (found != null && !(found instanceof String)) {
            throw bad(in, declared);
        }
        return (String) found;
    }

    static ValueException bad(SmileReader in, Type declared) {
        return in.bad(declared.getTypeName());
    }
}
