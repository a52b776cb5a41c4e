package io.econtext.values;

import io.econtext.types.Keys;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Keys of maps: the same texts as on the other side.
 *
 * <p>Immutable.
 */
final class MapKeys {
    private MapKeys() {}

    static final class Writer extends ValueSerializer<Object> {
        private final Class<?> type;

        Writer(Class<?> type) {
            this.type = type;
        }

        @Override
        public void serialize(Object key, JsonGenerator out, SerializationContext context) {
            out.writeName(Keys.text(key, type));
        }
    }

    static final class Reader extends KeyDeserializer {
        private final Class<?> type;

        Reader(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return Keys.parse(key, type);
        }
    }
}
