package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;

/**
 * How the values of one class, or of one kind of classes, travel.
 *
 * <p>Immutable.
 */
public abstract class Form {
    /** Throws if this value can't stand where the type is declared, though others can; its parts aren't looked at. */
    public void check(Object value, Type declared) {}

    /** Writes a checked value that is neither null nor a scalar of the core. */
    abstract void put(SmileWriter out, Object value, Type declared);

    abstract Object get(SmileReader in, Type declared);

    /** The types of the parts that a value has, by the step of the path that leads to them. */
    public Map<String, Type> parts(Type declared) {
        return Collections.emptyMap();
    }

    /** Whether there is an array to read, as expected; not so for null. */
    static boolean array(SmileReader in, Type declared) {
        return opened(in, SmileReader.ARRAY, declared);
    }

    static boolean object(SmileReader in, Type declared) {
        return opened(in, SmileReader.OBJECT, declared);
    }

    private static boolean opened(SmileReader in, Object token, Type declared) {
        Object found = in.next();
        if (found != null && found != token) {
            throw bad(in, declared);
        }
        return found != null;
    }

    static ValueException bad(SmileReader in, Type declared) {
        return in.bad(declared.getTypeName());
    }

    /** The text that comes next, or null. */
    static String text(SmileReader in, Type declared) {
        Object found = in.next();
        if (found != null && !(found instanceof String)) {
            throw bad(in, declared);
        }
        return (String) found;
    }
}
