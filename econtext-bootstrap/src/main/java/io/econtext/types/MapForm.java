package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;

/**
 * A map: an object whose names are the keys, in the map's order.
 *
 * <p>Immutable.
 */
final class MapForm implements Form {
    private static final int SHOWN = 40;

    private final Class<?> made;

    MapForm(Class<?> made) {
        this.made = made;
    }

    @Override
    public Map<String, Type> parts(Type declared) {
        Keys.check(key(declared));
        return Collections.singletonMap("[*]", value(declared));
    }

    @Override
    public void check(Object value, Type declared) {
        if (SortedMap.class.isAssignableFrom(made) && ((SortedMap<?, ?>) value).comparator() != null) {
            throw Forms.refused(value.getClass(), "is sorted by a comparator of its own");
        }
        if (made == Properties.class) {
            Properties properties = (Properties) value;
            if (properties.stringPropertyNames().size() > properties.size()) {
                throw Forms.refused(value.getClass(), "has defaults, which would be lost");
            }
        }
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        Class<?> key = key(declared);
        Keys.check(key);
        Type type = value(declared);
        out.open(SmileWriter.OBJECT);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            String name = Keys.text(entry.getKey(), key);
            out.name(name);
            try {
                Binder.put(out, entry.getValue(), type);
            } catch (RuntimeException e) {
                throw Located.at(step(name), e);
            }
        }
        out.close(SmileWriter.OBJECT);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        return Form.opens(SmileReader.OBJECT, in, declared) ? entries(in, declared) : null;
    }

    Map<Object, Object> entries(SmileReader in, Type declared) {
        Class<?> key = key(declared);
        Keys.check(key);
        Type type = value(declared);
        Map<Object, Object> map = empty(key);
        for (String name = in.name(); name != null; name = in.name()) {
            try {
                map.put(Keys.parse(name, key), Binder.get(in, type));
            } catch (RuntimeException e) {
                throw Located.at(step(name), e);
            }
        }
        return map;
    }

    private static String step(String key) {
        return "[" + (key.length() > SHOWN ? key.substring(0, SHOWN) + "…" : key) + "]";
    }

    private Class<?> key(Type declared) {
        return made == Properties.class ? String.class : Generics.raw(Generics.argument(declared, Map.class, 0));
    }

    private Type value(Type declared) {
        return made == Properties.class ? String.class : Generics.argument(declared, Map.class, 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map<Object, Object> empty(Class<?> key) {
        if (made == EnumMap.class) {
            return new EnumMap(key);
        }
        try {
            return (Map<Object, Object>) made.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ValueException("no " + made.getName() + ": " + e);
        }
    }
}
