package io.econtext.spring.shell;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.io.File;
import java.lang.reflect.Type;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Values as people type and read them: bound by fields, as they travel. Stateless. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            // Jackson makes absolute URIs of them, here they are paths of the target
            .addModule(new SimpleModule("paths")
                    .addSerializer(Path.class, new ToStringSerializer(Path.class))
                    .addSerializer(File.class, new ToStringSerializer(File.class))
                    .addDeserializer(Path.class, new PathDeserializer()))
            .build();

    private Json() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws UsageException if the text is no JSON, or not of that type */
    static Object parse(String text, Type type, String what) {
        try {
            return MAPPER.readValue(text, MAPPER.constructType(type));
        } catch (JacksonException e) {
            if (type == String.class || type == CharSequence.class) {
                // quotes are easily forgotten, and a shell takes them away
                return text;
            }
            throw new UsageException(what + " is no " + type.getTypeName() + " in JSON: " + e.getOriginalMessage());
        }
    }

    private static final class PathDeserializer extends StdDeserializer<Path> {
        PathDeserializer() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser parser, DeserializationContext context) {
            return Path.of(parser.getString());
        }
    }
}
