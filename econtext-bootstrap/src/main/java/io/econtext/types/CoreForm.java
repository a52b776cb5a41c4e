package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
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

    /** Throws if it is null where a primitive type is declared. */
    public static void checkNull(Object value, Type declared) {
        boolean primitive = declared instanceof Class && ((Class<?>) declared).isPrimitive();
        if (value == null && primitive && declared != void.class) {
            throw new ValueException("null can't travel as " + declared);
        }
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
