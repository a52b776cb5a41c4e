package io.econtext.values;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.econtext.core.ValueException;
import io.econtext.types.ByJackson;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.VisibilityChecker;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Holds that nothing in a document names a class: a subtype is one of those that its base type lists, by a name that this
 * lists, too.
 *
 * <p>Immutable.
 */
final class NoClassNames extends PolymorphicTypeValidator {
    private static final long serialVersionUID = 1;

    private static final String NAMES =
            "%s can't travel: its %s would let who sends a value choose the class that is made"
                    + " of it: use @JsonTypeInfo(use = NAME) and @JsonSubTypes";
    static final String MODULE = "a module of Jackson on the class path lets who sends a value choose the class"
            + " that is made of it (default typing, or another type validator): leave that out";

    final transient AnnotationIntrospector annotations = new Annotations();

    /** Throws if a module had its way. */
    void check(DeserializationConfig config) {
        if (config.getPolymorphicTypeValidator() != this
                || config.getDefaultTyper(config.constructType(Object.class)) != null) {
            throw new ValueException(MODULE);
        }
    }

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType base) {
        return Validity.DENIED;
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType base, String name) {
        return Validity.DENIED;
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType base, JavaType type) {
        return Validity.DENIED;
    }

    private static final class Annotations extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        private static final Set<JsonTypeInfo.Id> BY_LIST =
                EnumSet.of(JsonTypeInfo.Id.NONE, JsonTypeInfo.Id.NAME, JsonTypeInfo.Id.SIMPLE_NAME);

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            JsonTypeInfo.Value info = super.findPolymorphicTypeInfo(config, annotated);
            // DEDUCTION, too: Jackson makes names of classes of what it deduced
            if (info != null && !BY_LIST.contains(info.getIdType())) {
                throw refused(annotated, "@JsonTypeInfo(use = " + info.getIdType() + ")");
            }
            return info;
        }

        @Override
        public Object findTypeResolverBuilder(MapperConfig<?> config, Annotated annotated) {
            return none(super.findTypeResolverBuilder(config, annotated), annotated, "@JsonTypeResolver");
        }

        @Override
        public Object findTypeIdResolver(MapperConfig<?> config, Annotated annotated) {
            return none(super.findTypeIdResolver(config, annotated), annotated, "@JsonTypeIdResolver");
        }

        private static Object none(Object found, Annotated annotated, String what) {
            if (found != null) {
                throw refused(annotated, what);
            }
            return null;
        }

        private static ValueException refused(Annotated annotated, String what) {
            return new ValueException(NAMES.formatted(annotated.getName(), what));
        }

        /** Econtext's own, such as the result of a program, have nothing but fields. */
        @Override
        public VisibilityChecker findAutoDetectVisibility(
                MapperConfig<?> config, AnnotatedClass type, VisibilityChecker visibility) {
            return ByJackson.isApi(type.getRawType())
                    ? visibility
                            .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                            .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                    : super.findAutoDetectVisibility(config, type, visibility);
        }
    }
}
