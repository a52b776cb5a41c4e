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
 * One of a list of classes: its position, the length of the list and the value. Jackson would want a name.
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
            JavaType type = context.constructSpecializedType(declared, form.at(position, form.size()));
            out.writeStartArray();
            out.writeNumber(position);
            out.writeNumber(form.size());
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
            if (!in.isExpectedStartArrayToken()) {
                return context.handleUnexpectedToken(declared, in);
            }
            int position = number(in, context);
            Class<?> type = form.at(position, number(in, context));
            in.nextToken();
            Object value = context.readValue(in, context.constructSpecializedType(declared, type));
            return in.nextToken() == JsonToken.END_ARRAY ? value : context.handleUnexpectedToken(declared, in);
        }

        private int number(JsonParser in, DeserializationContext context) {
            return in.nextToken() == JsonToken.VALUE_NUMBER_INT && in.getNumberValue() instanceof Integer number
                    ? number
                    : (Integer) context.handleUnexpectedToken(int.class, in);
        }
    }
}
