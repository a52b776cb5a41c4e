package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;

/**
 * A constant of an enum: its name.
 *
 * <p>Stateless.
 */
final class EnumForm implements Form {
    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        out.scalar(((Enum<?>) value).name());
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        String name = Form.text(in, declared);
        return name == null ? null : constant(Generics.raw(declared), name);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class) type, name);
    }
}
