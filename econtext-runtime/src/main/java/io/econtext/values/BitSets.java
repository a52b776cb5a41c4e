package io.econtext.values;

import java.util.BitSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/**
 * A BitSet is its bytes; Jackson would look for its fields.
 *
 * <p>Immutable.
 */
final class BitSets {
    private BitSets() {}

    static final class Writer extends ValueSerializer<BitSet> {
        @Override
        public void serialize(BitSet value, JsonGenerator out, SerializationContext context) {
            out.writeBinary(value.toByteArray());
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)
                    ? BitSet.valueOf(in.getBinaryValue())
                    : context.handleUnexpectedToken(BitSet.class, in);
        }
    }
}
