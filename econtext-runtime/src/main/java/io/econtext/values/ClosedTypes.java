package io.econtext.values;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.call.Contexts;
import io.econtext.core.ValueException;
import io.econtext.types.AlternativesForm;
import io.econtext.types.ByJackson;
import io.econtext.types.Form;
import io.econtext.types.Forms;
import io.econtext.types.Parameterized;
import io.econtext.types.Usual;
import java.lang.reflect.Type;
import java.time.Month;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.databind.AbstractTypeResolver;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.ext.jdk8.Jdk8OptionalSerializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.jdk.CollectionSerializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/**
 * Where Jackson differs from docs/values.md, and what is done instead.
 *
 * <p>Immutable.
 */
final class ClosedTypes extends JacksonModule {
    private static final String SENDER =
            "io.econtext.Sender can't travel in a value: it is the last parameter of a function that streams, and no other";

    /** What Jackson knows by these is no bean. */
    private static final Set<Class<?>> MORE = Set.of(
            JacksonSerializable.class, Iterable.class, Iterator.class, Map.Entry.class, Enum.class, Number.class);

    private final Supplier<Contexts> contexts;
    private final boolean annotated;

    /** @param annotated whether an application's classes are left to Jackson */
    ClosedTypes(Supplier<Contexts> contexts, boolean annotated) {
        this.contexts = contexts;
        this.annotated = annotated;
    }

    @Override
    public String getModuleName() {
        return "econtext";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new Writing());
        context.addKeySerializers(new WritingKeys());
        context.overrideDefaultNullKeySerializer(new MapKeys.Writer(Object.class));
        context.addDeserializers(new Reading());
        context.addKeyDeserializers(
                (type, config, bean) -> isLeft(type) ? null : new MapKeys.Reader(type.getRawClass()));
        context.addSerializerModifier(new Checking(annotated));
        context.addDeserializerModifier(new HashedSets.Modifier());
        context.addAbstractTypeResolver(new Choosing());
    }

    private boolean isLeft(JavaType type) {
        return annotated && ByJackson.isOfApplication(type.getRawClass());
    }

    /** The alternatives of a class that is left to Jackson, if Jackson knows none; else null. */
    private static AlternativesForm alternatives(MapperConfig<?> config, JavaType type, BeanDescription.Supplier bean) {
        Class<?> raw = type.getRawClass();
        return type.isAbstract()
                        && (raw.isSealed() || raw.isAnnotationPresent(io.econtext.Alternatives.class))
                        && config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, bean.getClassInfo())
                                == null
                ? (AlternativesForm) Forms.of(raw)
                : null;
    }

    /** Whether it says nothing of its subtypes' properties; where it is declared, these write themselves. */
    private static boolean isMarker(JavaType type, BeanDescription bean) {
        return type.isAbstract()
                && MORE.stream().noneMatch(each -> each.isAssignableFrom(type.getRawClass()))
                && bean.findJsonValueAccessor() == null
                && bean.findProperties().isEmpty();
    }

    /** Has the form of a container say what it can't hold; for values by fields that was asked before. */
    private void checkParts(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (annotated && !isLeft(type)) {
            Type[] parts = new Type[type.containedTypeCount()];
            for (int i = 0; i < parts.length; i++) {
                JavaType part = type.containedType(i);
                parts[i] = isLeft(part) ? String.class : part.getRawClass();
            }
            Forms.of(raw).parts(parts.length == 0 ? raw : new Parameterized(raw, parts));
        }
    }

    /** Jackson's own types name classes, but for those of trees. */
    private static void refuseTypes(Class<?> raw) {
        if (raw.getName().startsWith("tools.jackson.") && !TreeNode.class.isAssignableFrom(raw)) {
            throw new ValueException(raw.getName() + " can't travel: of Jackson's own types only trees can");
        }
    }

    private final class Writing extends Serializers.Base {
        @Override
        public ValueSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
            Class<?> raw = type.getRawClass();
            if (isLeft(type)) {
                AlternativesForm form = alternatives(config, type, bean);
                return form != null
                        ? new Alternatives.Writer(form, type)
                        : isMarker(type, bean.get()) ? new OwnBean(new UnknownSerializer(raw), raw, null) : null;
            }
            if (Forms.isText(raw)) {
                return new Texts.Writer();
            }
            if (raw == BitSet.class) {
                return new BitSets.Writer();
            }
            if (raw == Sender.class) {
                throw new ValueException(SENDER);
            }
            if (raw == RemoteContext.class) {
                return new ContextValues.Writer(contexts);
            }
            Form form = Forms.of(raw);
            if (raw == Object.class || raw == Number.class) {
                return new Undeclared(raw);
            }
            if (raw == Iterable.class) {
                JavaType element = config.getTypeFactory().findFirstTypeParameter(type, Iterable.class);
                return new Checked(new CollectionSerializer(element, true, null, Checking.part(element)), raw);
            }
            return form instanceof AlternativesForm alternatives ? new Alternatives.Writer(alternatives, type) : null;
        }

        @Override
        public ValueSerializer<?> findReferenceSerializer(
                SerializationConfig config,
                ReferenceType type,
                BeanDescription.Supplier bean,
                JsonFormat.Value format,
                TypeSerializer typed,
                ValueSerializer<Object> held) {
            return type.getContentType().isJavaLangObject()
                    ? new Jdk8OptionalSerializer(type, true, null, Checking.part(type.getContentType()))
                    : null;
        }

        @Override
        public ValueSerializer<?> findEnumSerializer(
                SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
            return type.getRawClass() == Month.class ? new Months.Writer() : null;
        }
    }

    private final class WritingKeys extends Serializers.Base {
        @Override
        public ValueSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
            return isLeft(type) ? null : new MapKeys.Writer(type.getRawClass());
        }
    }

    private final class Reading extends Deserializers.Base {
        @Override
        public ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
            Class<?> raw = type.getRawClass();
            if (isLeft(type)) {
                refuseTypes(raw);
                AlternativesForm form = alternatives(config, type, bean);
                return form == null ? null : new Alternatives.Reader(form, type);
            }
            if (Forms.isText(raw)) {
                return new Texts.Reader(raw);
            }
            if (raw == BitSet.class) {
                return new BitSets.Reader();
            }
            if (raw == Sender.class) {
                throw new ValueException(SENDER);
            }
            if (raw == RemoteContext.class) {
                return new ContextValues.Reader(contexts);
            }
            if (Scalars.serve(raw)) {
                return new Scalars(raw);
            }
            return Forms.of(raw) instanceof AlternativesForm alternatives
                    ? new Alternatives.Reader(alternatives, type)
                    : null;
        }

        @Override
        public ValueDeserializer<?> findArrayDeserializer(
                ArrayType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                TypeDeserializer typed,
                ValueDeserializer<?> elements) {
            Class<?> component = type.getRawClass().getComponentType();
            if (Scalars.serve(type.getRawClass())) {
                return new Scalars(type.getRawClass());
            }
            return component.isPrimitive() ? new PrimitiveArrays(component) : null;
        }

        @Override
        public ValueDeserializer<?> findCollectionDeserializer(
                CollectionType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                TypeDeserializer typed,
                ValueDeserializer<?> elements) {
            checkParts(type);
            return null;
        }

        @Override
        public ValueDeserializer<?> findMapDeserializer(
                MapType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                KeyDeserializer keys,
                TypeDeserializer typed,
                ValueDeserializer<?> values) {
            checkParts(type);
            return null;
        }

        @Override
        public ValueDeserializer<?> findReferenceDeserializer(
                ReferenceType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                TypeDeserializer typed,
                ValueDeserializer<?> held) {
            checkParts(type);
            return OptionalNumbers.serve(type.getRawClass()) ? new OptionalNumbers(type.getRawClass()) : null;
        }

        @Override
        public ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
            return type.getRawClass() == Month.class ? new Months.Reader() : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return false; // asked for type ids only, of which there are none
        }
    }

    /** Chooses the same class for an interface as the targets do. */
    private static final class Choosing extends AbstractTypeResolver {
        // Jackson chooses these as well, and its reader of undeclared values trips over a choice of others.
        private static final Set<Class<?>> SAME = Set.of(Collection.class, List.class, Map.class);

        @Override
        public JavaType findTypeMapping(DeserializationConfig config, JavaType type) {
            Class<?> raw = type.getRawClass();
            Class<?> usual = SAME.contains(raw) ? null : Usual.of(raw);
            return usual == null || usual == raw
                    ? null
                    : config.getTypeFactory().constructSpecializedType(type, usual);
        }
    }
}
