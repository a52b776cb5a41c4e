package io.econtext.values;

import io.econtext.types.Form;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.type.TypeFactory;

/**
 * What is declared as Object or Number: only values that arrive as what they were. Jackson would write anything.
 *
 * <p>Immutable.
 */
final class Undeclared {
    private Undeclared() {}

    static final class Writer extends ValueSerializer<Object> {
        private final Form form;
        private final Class<?> declared;

        Writer(Form form, Class<?> declared) {
            this.form = form;
            this.declared = declared;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            form.check(value, declared);
            TypeFactory types = context.getTypeFactory();
            JavaType type = value instanceof List
                    ? types.constructCollectionType(List.class, Object.class)
                    : value instanceof Map
                            ? types.constructMapType(Map.class, Object.class, Object.class)
                            : types.constructType(value.getClass());
            context.findContentValueSerializer(type, null).serialize(value, out, context);
        }
    }

    static final class NumberReader extends ValueDeserializer<Object> {
        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.currentToken().isNumeric()
                    ? in.getNumberValue()
                    : context.handleUnexpectedToken(Number.class, in);
        }
    }
}
