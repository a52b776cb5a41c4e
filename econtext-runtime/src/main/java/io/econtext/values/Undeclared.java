package io.econtext.values;

import io.econtext.types.Forms;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.type.TypeFactory;

/**
 * What is declared as Object or Number: only values that arrive as what they were. Jackson would write anything.
 *
 * <p>Immutable.
 */
final class Undeclared extends ValueSerializer<Object> {
    private final Class<?> declared;

    Undeclared(Class<?> declared) {
        this.declared = declared;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        JavaType type = type(value, declared, context.getTypeFactory());
        context.findContentValueSerializer(type, null).serialize(value, out, context);
    }

    /** What to write a value as; throws for one that would arrive as something else. */
    static JavaType type(Object value, Class<?> declared, TypeFactory types) {
        Forms.of(declared).check(value, declared);
        if (value instanceof List) {
            return types.constructCollectionType(List.class, Object.class);
        }
        return value instanceof Map
                ? types.constructMapType(Map.class, Object.class, Object.class)
                : types.constructType(value.getClass());
    }
}
