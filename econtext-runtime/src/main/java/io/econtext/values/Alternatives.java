package io.econtext.values;

import io.econtext.types.AlternativesForm;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/**
 * One of a list of classes: its position and the value. Jackson would want a name.
 *
 * <p>Immutable.
 */
final class Alternatives {
    private Alternatives() {}

    static final class Writer extends ValueSerializer<Object> {
        private final AlternativesForm form;
        private final JavaType declared;

        Writer(AlternativesForm form, JavaType declared) {
            this.form = form;
            this.declared = declared;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            int position = form.position(value);
            JavaType type = context.constructSpecializedType(declared, form.at(position));
            out.writeStartArray();
            out.writeNumber(position);
            context.findContentValueSerializer(type, null).serialize(value, out, context);
            out.writeEndArray();
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        private final AlternativesForm form;
        private final JavaType declared;

        Reader(AlternativesForm form, JavaType declared) {
            this.form = form;
            this.declared = declared;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            if (!in.isExpectedStartArrayToken() || in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                return context.handleUnexpectedToken(declared, in);
            }
            Class<?> type = form.at(in.getIntValue());
            if (type == null) {
                return context.reportInputMismatch(declared, "no alternative at position %d", in.getIntValue());
            }
            in.nextToken();
            Object value = context.readValue(in, context.constructSpecializedType(declared, type));
            return in.nextToken() == JsonToken.END_ARRAY ? value : context.handleUnexpectedToken(declared, in);
        }
    }
}
