package io.econtext.values;

import io.econtext.core.ValueException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.NullValueProvider;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.CollectionDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.CollectionType;

/**
 * Reads sets, and refuses those whose elements were chosen to have one hash code: each would be compared with all
 * before it.
 *
 * <p>Immutable.
 */
final class HashedSets extends CollectionDeserializer {
    private static final int MOST = 1000;

    private HashedSets(CollectionDeserializer reader) {
        super(reader);
    }

    @Override
    protected CollectionDeserializer withResolved(
            ValueDeserializer<?> delegate,
            ValueDeserializer<?> elements,
            TypeDeserializer typed,
            NullValueProvider nulls,
            Boolean unwrapped) {
        return new HashedSets(super.withResolved(delegate, elements, typed, nulls, unwrapped));
    }

    @Override
    protected Collection<Object> _deserializeFromArray(
            JsonParser in, DeserializationContext context, Collection<Object> made) {
        super._deserializeFromArray(in, context, new Counting(made));
        return made;
    }

    static final class Modifier extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public ValueDeserializer<?> modifyCollectionDeserializer(
                DeserializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueDeserializer<?> reader) {
            boolean hashed = type.isTypeOrSubTypeOf(Set.class) && !type.isTypeOrSubTypeOf(SortedSet.class);
            return hashed && reader.getClass() == CollectionDeserializer.class
                    ? new HashedSets((CollectionDeserializer) reader)
                    : reader;
        }
    }

    /** Adds to another set, and counts hash codes once that is a large one. */
    private static final class Counting extends AbstractSet<Object> {
        private final Collection<Object> set;
        private final Map<Integer, Integer> hashes = new HashMap<>();

        Counting(Collection<Object> set) {
            this.set = set;
        }

        @Override
        public boolean add(Object element) {
            boolean added = set.add(element);
            if (added
                    && set.size() > MOST
                    && hashes.merge(Objects.hashCode(element), 1, Integer::sum) > MOST
                    && !isOrdered(element.getClass())) {
                throw new ValueException("more than " + MOST + " elements have one hash code");
            }
            return added;
        }

        /** Whether a set of the JDK orders elements of one hash code by themselves. */
        private static boolean isOrdered(Class<?> type) {
            for (Type implemented : type.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType as
                        && as.getRawType() == Comparable.class
                        && as.getActualTypeArguments()[0] == type) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Iterator<Object> iterator() {
            return set.iterator();
        }

        @Override
        public int size() {
            return set.size();
        }
    }
}
