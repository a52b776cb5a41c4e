package io.econtext.values;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A value as text that is equal for equal values, to the bit and to the class, arrays and beans included. */
final class Rendered {
    private Rendered() {}

    static String of(Object value) {
        if (value == null) {
            return "null";
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                parts.add(of(Array.get(value, i)));
            }
            return type.getSimpleName() + parts;
        }
        if (value instanceof Collection<?> collection) {
            List<String> parts =
                    new ArrayList<>(collection.stream().map(Rendered::of).toList());
            if (value instanceof Set && !(value instanceof SortedSet)) {
                parts.sort(null);
            }
            return (value instanceof Set ? "Set" : "List") + parts;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> parts = new TreeMap<>();
            map.forEach((key, held) -> parts.put(key(key), of(held)));
            return "Map" + parts;
        }
        if (value instanceof Optional<?> optional) {
            return "Optional(" + optional.map(Rendered::of).orElse("") + ")";
        }
        if (value instanceof Double number) {
            return "double " + Long.toHexString(Double.doubleToRawLongBits(number));
        }
        if (value instanceof Float number) {
            return "float " + Integer.toHexString(Float.floatToRawIntBits(number));
        }
        if (value instanceof Pattern pattern) {
            return "Pattern " + pattern.flags() + pattern;
        }
        if (type.getName().startsWith("io.econtext.") && !(value instanceof Enum)) {
            return object(value, type);
        }
        return type.getSimpleName() + " " + value;
    }

    /** As a key, one NaN is like another. */
    private static String key(Object key) {
        return key instanceof Number number && Double.isNaN(number.doubleValue()) ? "NaN" : of(key);
    }

    private static String object(Object value, Class<?> type) {
        StringBuilder text = new StringBuilder(type.getSimpleName()).append('(');
        for (Class<?> c = type; c != Object.class && c != Record.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    try {
                        field.setAccessible(true);
                        text.append(field.getName())
                                .append('=')
                                .append(of(field.get(value)))
                                .append(' ');
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return text.append(')').toString();
    }
}
