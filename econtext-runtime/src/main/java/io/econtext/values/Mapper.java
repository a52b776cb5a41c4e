package io.econtext.values;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.econtext.call.Contexts;
import java.util.function.Supplier;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.dataformat.smile.SmileFactory;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileReadFeature;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/**
 * Jackson, as docs/values.md wants it.
 *
 * <p>Stateless.
 */
final class Mapper {
    private static final int DEPTH = 100;

    private Mapper() {}

    /** One that reads and writes beans and records by their fields. */
    static ObjectMapper byFields(Contexts contexts) {
        return SmileMapper.builder(factory())
                // A target knows no annotations of Jackson's, and none may open a type.
                .disable(MapperFeature.USE_ANNOTATIONS, MapperFeature.DETECT_PARAMETER_NAMES)
                .enable(MapperFeature.USE_STATIC_TYPING)
                .disable(
                        MapperFeature.SORT_PROPERTIES_ALPHABETICALLY,
                        MapperFeature.SORT_CREATOR_PROPERTIES_FIRST,
                        MapperFeature.ALLOW_COERCION_OF_SCALARS,
                        MapperFeature.USE_GETTERS_AS_SETTERS)
                .changeDefaultVisibility(visibility -> visibility
                        .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                        .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
                .constructorDetector(ConstructorDetector.EXPLICIT_ONLY)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS, SerializationFeature.FAIL_ON_SELF_REFERENCES)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfigDefaults(coercion -> {
                    for (CoercionInputShape shape : CoercionInputShape.values()) {
                        coercion.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .addModule(new ClosedTypes(() -> contexts, false))
                .build();
    }

    /**
     * One that reads and writes an application's classes as Jackson's annotations on them say, and all others as ever.
     *
     * @param loader finds the application's modules
     */
    static ObjectMapper byAnnotations(Supplier<Contexts> contexts, ClassLoader loader) {
        NoClassNames guard = new NoClassNames();
        ObjectMapper mapper = SmileMapper.builder(factory())
                .annotationIntrospector(guard.annotations)
                .polymorphicTypeValidator(guard)
                .enable(MapperFeature.USE_STATIC_TYPING)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.FAIL_ON_SELF_REFERENCES)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModules(MapperBuilder.findModules(loader))
                .addModule(new ClosedTypes(contexts, true))
                .build();
        guard.check(mapper.deserializationConfig());
        return mapper;
    }

    private static SmileFactory factory() {
        // Names and texts of any length are sound by now, as the document was walked over; only depth is limited here.
        StreamReadConstraints reading = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build();
        StreamWriteConstraints writing =
                StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build();
        return SmileFactory.builder()
                .streamReadConstraints(reading)
                .streamWriteConstraints(writing)
                .enable(SmileReadFeature.REQUIRE_HEADER)
                .enable(SmileWriteFeature.WRITE_HEADER, SmileWriteFeature.LENIENT_UTF_ENCODING)
                .disable(
                        SmileWriteFeature.CHECK_SHARED_NAMES,
                        SmileWriteFeature.CHECK_SHARED_STRING_VALUES,
                        SmileWriteFeature.ENCODE_BINARY_AS_7BIT,
                        SmileWriteFeature.WRITE_END_MARKER)
                // a target's names are kept nowhere
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build();
    }
}
