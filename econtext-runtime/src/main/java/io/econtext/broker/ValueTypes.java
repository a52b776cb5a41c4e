package io.econtext.broker;

import io.econtext.NotPortableException;
import io.econtext.types.Parameterized;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** Describes a value by a type made from what it holds, where no declaration says what that is. Stateless. */
final class ValueTypes {
    static final String MIXED =
            "a captured %s holds values of different types (%s and %s), so nothing says how to send it: pass it as an "
                    + "argument of a method reference whose parameter declares the type";

    private ValueTypes() {}

    static Type of(Object value) {
        if (value instanceof Map<?, ?> map) {
            Class<?> raw = value instanceof SortedMap ? SortedMap.class : Map.class;
            return new Parameterized(raw, common(map.keySet(), raw), common(map.values(), raw));
        }
        if (value instanceof Collection<?> collection) {
            Class<?> raw = value instanceof SortedSet ? SortedSet.class : value instanceof Set ? Set.class : List.class;
            return new Parameterized(raw, common(collection, raw));
        }
        if (value instanceof Optional<?> optional) {
            return new Parameterized(Optional.class, common(optional.stream().toList(), Optional.class));
        }
        return value.getClass();
    }

    private static Type common(Collection<?> values, Class<?> container) {
        Type common = null;
        for (Object value : values) {
            Type type = value == null ? null : value instanceof Enum<?> e ? e.getDeclaringClass() : of(value);
            if (common == null) {
                common = type;
            } else if (type != null && !type.equals(common)) {
                throw new NotPortableException(
                        MIXED.formatted(container.getSimpleName(), common.getTypeName(), type.getTypeName()));
            }
        }
        return common == null ? Object.class : common;
    }
}
