package io.econtext.values;

import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * One declared type, as Jackson reads and writes it. Jackson's failures become the codec's own, with the path written as
 * the targets write it.
 *
 * <p>Immutable.
 */
final class Binding {
    private final ObjectWriter writer;
    private final ObjectReader reader;

    Binding(ObjectMapper mapper, Type declared) {
        writer = mapper.writerFor(mapper.constructType(declared));
        reader = mapper.readerFor(mapper.constructType(declared));
    }

    byte[] write(Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw Failures.of(e);
        }
    }

    Object read(byte[] document, int offset, int length) {
        try {
            return reader.readValue(document, offset, length);
        } catch (JacksonException e) {
            throw Failures.of(e);
        }
    }
}
