package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;

/**
 * A constant of an enum: its name.
 *
 * <p>Stateless.
 */
final class EnumForm extends Form {
    @Override
    void put(SmileWriter out, Object value, Type declared) {
        out.scalar(((Enum<?>) value).name());
    }

    @Override
    Object get(SmileReader in, Type declared) {
        String name = text(in, declared);
        return name == null ? null : constant(Generics.raw(declared), name);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class) type, name);
    }
}
