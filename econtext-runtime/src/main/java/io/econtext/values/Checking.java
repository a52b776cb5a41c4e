package io.econtext.values;

import io.econtext.types.ByJackson;
import io.econtext.types.Forms;
import io.econtext.types.ObjectForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.jdk.CollectionSerializer;
import tools.jackson.databind.ser.jdk.MapSerializer;
import tools.jackson.databind.ser.jdk.ObjectArraySerializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/**
 * Has each value checked before Jackson writes it; and the parts of containers of Object, where Jackson would go by what
 * it finds in them.
 *
 * <p>Immutable.
 */
final class Checking extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    /** What a comparator could be lost of. */
    private static final List<Class<?>> SORTED = List.of(SortedSet.class, SortedMap.class, PriorityQueue.class);

    private final boolean annotated;

    /** @param annotated whether an application's classes are left to Jackson */
    Checking(boolean annotated) {
        this.annotated = annotated;
    }

    private boolean isLeft(Class<?> type) {
        return annotated && ByJackson.isOfApplication(type);
    }

    /** The serializer of what is declared as Object in a container, or null: then Jackson goes by the declared type. */
    static ValueSerializer<Object> part(JavaType declared) {
        return declared.isJavaLangObject() ? new Undeclared(Object.class) : null;
    }

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        Class<?> type = bean.getBeanClass();
        if (isLeft(type)) {
            return serializer instanceof BeanSerializerBase ? new OwnBean(serializer, type, null) : serializer;
        }
        return type == BigDecimal.class || type == BigInteger.class || Forms.of(type) instanceof ObjectForm
                ? new Checked(serializer, type)
                : serializer;
    }

    @Override
    public ValueSerializer<?> modifyArraySerializer(
            SerializationConfig config, ArrayType type, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        ValueSerializer<Object> part = part(type.getContentType());
        return part == null ? serializer : new ObjectArraySerializer(type.getContentType(), true, null, part);
    }

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier bean,
            ValueSerializer<?> serializer) {
        if (isLeft(type.getRawClass())) {
            return serializer;
        }
        ValueSerializer<Object> part = part(type.getContentType());
        return checked(
                part == null ? serializer : new CollectionSerializer(type.getContentType(), true, null, part),
                type.getRawClass());
    }

    @Override
    public ValueSerializer<?> modifyMapSerializer(
            SerializationConfig config, MapType type, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        if (isLeft(type.getRawClass())) {
            return serializer;
        }
        ValueSerializer<Object> part = part(type.getContentType());
        return checked(
                part == null ? serializer : MapSerializer.construct(type, true, null, null, part, null, null, null),
                type.getRawClass());
    }

    /** Where annotations count, Jackson must see its own containers, to tell them the types of what they hold. */
    private ValueSerializer<?> checked(ValueSerializer<?> serializer, Class<?> container) {
        return annotated && SORTED.stream().noneMatch(each -> each.isAssignableFrom(container))
                ? serializer
                : new Checked(serializer, container);
    }
}
