package io.econtext.values;

import io.econtext.types.TextForm;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/**
 * Types that are a text: one table of them serves both sides.
 *
 * <p>Immutable.
 */
final class Texts {
    private Texts() {}

    static final class Writer extends ValueSerializer<Object> {
        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            out.writeString(TextForm.text(value));
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        private final Class<?> type;

        Reader(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.hasToken(JsonToken.VALUE_STRING)
                    ? TextForm.parse(in.getString(), type)
                    : context.handleUnexpectedToken(type, in);
        }
    }
}
