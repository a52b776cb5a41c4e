package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;

/**
 * The types that the core does by itself, so that a question about any type has an answer here.
 *
 * <p>Stateless.
 */
public final class CoreForm implements Form {
    public static boolean serves(Type type) {
        return type == String.class
                || type == byte[].class
                || type == boolean.class
                || type == Boolean.class
                || type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == double.class
                || type == Double.class
                || type == void.class
                || type == Void.class;
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        throw Forms.refused(value.getClass(), "is declared as " + declared.getTypeName());
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        return Binder.get(in, declared);
    }
}
