package io.econtext.values;

import java.lang.reflect.Type;
import tools.jackson.databind.JavaType;
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
    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    Binding(ObjectMapper mapper, Type declared) {
        JavaType type = mapper.constructType(declared);
        this.mapper = mapper;
        // Jackson would go by the value's class, whatever it is told here.
        this.writer = type.isJavaLangObject() ? null : mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    byte[] write(Object value) {
        try {
            return writer(value).writeValueAsBytes(value);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    private ObjectWriter writer(Object value) {
        return writer != null
                ? writer
                : mapper.writerFor(Undeclared.type(value, Object.class, mapper.getTypeFactory()));
    }

    Object read(byte[] document, int offset, int length) {
        try {
            return reader.readValue(document, offset, length);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }
}
