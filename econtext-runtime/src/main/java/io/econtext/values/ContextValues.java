package io.econtext.values;

import io.econtext.RemoteContext;
import io.econtext.call.Contexts;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/**
 * Contexts are references; Jackson would look for their fields.
 *
 * <p>Immutable.
 */
final class ContextValues {
    private ContextValues() {}

    static final class Writer extends ValueSerializer<RemoteContext> {
        private final Supplier<Contexts> contexts;

        Writer(Supplier<Contexts> contexts) {
            this.contexts = contexts;
        }

        @Override
        public void serialize(RemoteContext value, JsonGenerator out, SerializationContext context) {
            out.writeBinary(contexts.get().reference(value));
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        private final Supplier<Contexts> contexts;

        Reader(Supplier<Contexts> contexts) {
            this.contexts = contexts;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)
                    ? contexts.get().find(in.getBinaryValue())
                    : context.handleUnexpectedToken(RemoteContext.class, in);
        }
    }
}
