package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.types.Parameterized;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** Describes a value by a type made from what it holds, where no declaration says what that is. Stateless. */
final class ValueTypes {
    private ValueTypes() {}

    static Type of(Object value) {
        if (value instanceof Map) {
            Class<?> raw = value instanceof SortedMap ? SortedMap.class : Map.class;
            Map<?, ?> map = (Map<?, ?>) value;
            return new Parameterized(raw, common(map.keySet(), raw), common(map.values(), raw));
        }
        if (value instanceof Collection) {
            Class<?> raw = value instanceof SortedSet ? SortedSet.class : value instanceof Set ? Set.class : List.class;
            return new Parameterized(raw, common((Collection<?>) value, raw));
        }
        if (value instanceof Optional) {
            Object held = ((Optional<?>) value).orElse(null);
            return new Parameterized(Optional.class, common(Collections.singleton(held), Optional.class));
        }
        return value instanceof RemoteContext ? RemoteContext.class : value.getClass();
    }

    private static Type common(Collection<?> values, Class<?> container) {
        Type common = null;
        for (Object value : values) {
            Type type =
                    value == null ? null : value instanceof Enum ? ((Enum<?>) value).getDeclaringClass() : of(value);
            if (common == null) {
                common = type;
            } else if (type != null && !type.equals(common)) {
                throw new NotPortableException("a captured " + container.getSimpleName()
                        + " holds values of different types (" + common.getTypeName() + " and " + type.getTypeName()
                        + "), so nothing says how to send it: pass it as an argument of a method reference whose "
                        + "parameter declares the type");
            }
        }
        return common == null ? Object.class : common;
    }
}
