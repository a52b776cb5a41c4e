package io.econtext.values;

import io.econtext.types.TextForm;
import java.net.URL;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
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
            if (type == URL.class && isHashed(in)) {
                throw TextForm.hashedUrl();
            }
            return in.hasToken(JsonToken.VALUE_STRING)
                    ? TextForm.parse(in.getString(), type)
                    : context.handleUnexpectedToken(type, in);
        }

        /** What classes left to Jackson hold is known by now only. */
        private static boolean isHashed(JsonParser in) {
            TokenStreamContext around = in.streamReadContext();
            while (around != null && !(around.currentValue() instanceof Set)) {
                around = around.getParent();
            }
            return around != null;
        }
    }
}
