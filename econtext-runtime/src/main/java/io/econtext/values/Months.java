package io.econtext.values;

import java.time.Month;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/**
 * A month is an enum like all others; Jackson alone would write its number.
 *
 * <p>Immutable.
 */
final class Months {
    private Months() {}

    static final class Writer extends ValueSerializer<Month> {
        @Override
        public void serialize(Month value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.name());
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.hasToken(JsonToken.VALUE_STRING)
                    ? Month.valueOf(in.getString())
                    : context.handleUnexpectedToken(Month.class, in);
        }
    }
}
