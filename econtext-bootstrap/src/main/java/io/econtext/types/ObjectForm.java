package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record or a bean: an object of its components. A bean's components are its fields, superclasses' first, whatever
 * their access and whatever its methods; static and transient ones stay behind. A record is made by its canonical
 * constructor, a bean by the one without arguments.
 *
 * <p>Immutable.
 */
public final class ObjectForm implements Form {
    private static final String RECORD = "java.lang.Record";
    private static final Class<?>[] OTHER_FORMS = {
        Iterable.class, Iterator.class, Map.class, Map.Entry.class, CharSequence.class
    };

    private final Class<?> type;
    private final boolean record;
    private final Field[] fields;
    private final Type[] types;
    private final Constructor<?> constructor;

    ObjectForm(Class<?> type) {
        this.type = type;
        record = type.getSuperclass().getName().equals(RECORD);
        fields = fields();
        types = new Type[fields.length];
        Class<?>[] raw = new Class<?>[record ? fields.length : 0];
        for (int i = 0; i < fields.length; i++) {
            types[i] = Generics.resolve(fields[i].getGenericType(), type);
            if (record) {
                raw[i] = fields[i].getType();
            }
        }
        try {
            constructor = type.getDeclaredConstructor(raw);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw Forms.refused(type, "is no record and has no constructor without arguments");
        }
    }

    @Override
    public Map<String, Type> parts(Type declared) {
        Map<String, Type> parts = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            parts.put("." + fields[i].getName(), part(i, declared));
        }
        return parts;
    }

    @Override
    public void check(Object value, Type declared) {
        if (value.getClass() != type) {
            throw Forms.refused(
                    value.getClass(), "is declared as " + type.getName() + ", whose alternatives aren't listed");
        }
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        out.open(SmileWriter.OBJECT);
        for (int i = 0; i < fields.length; i++) {
            out.name(fields[i].getName());
            try {
                Binder.put(out, fields[i].get(value), part(i, declared));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e); // it was made accessible
            } catch (RuntimeException e) {
                throw Located.at("." + fields[i].getName(), e);
            }
        }
        out.close(SmileWriter.OBJECT);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        if (!Form.opens(SmileReader.OBJECT, in, declared)) {
            return null;
        }
        Object bean = record ? null : make();
        Object[] components = record ? absent() : null;
        int next = 0;
        for (String name = in.name(); name != null; name = in.name()) {
            next = find(name, next);
            try {
                Object value = Binder.get(in, part(next, declared));
                if (record) {
                    components[next] = value;
                } else {
                    fields[next].set(bean, value);
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e); // it was made accessible
            } catch (RuntimeException e) {
                throw Located.at("." + name, e);
            }
            next++;
        }
        return record ? make(components) : bean;
    }

    private Field[] fields() {
        List<Class<?>> lineage = new ArrayList<>();
        for (Class<?> c = type; c != Object.class && !c.getName().equals(RECORD); c = c.getSuperclass()) {
            if (Forms.isJdk(c)) {
                throw Forms.refused(type, "extends " + c.getName());
            }
            lineage.add(0, c);
        }
        for (int i = 0; i < OTHER_FORMS.length; i++) {
            if (OTHER_FORMS[i].isAssignableFrom(type)) {
                throw Forms.refused(type, "implements " + OTHER_FORMS[i].getName());
            }
        }
        Map<String, Field> found = new LinkedHashMap<>();
        for (Class<?> c : lineage) {
            for (Field field : c.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers)) {
                    continue;
                }
                if (Modifier.isFinal(modifiers) && !record) {
                    throw Forms.refused(type, "has the final field " + field.getName() + ", and is no record");
                }
                if (found.put(field.getName(), field) != null) {
                    throw Forms.refused(type, "has two fields " + field.getName());
                }
                field.setAccessible(true);
            }
        }
        return found.values().toArray(new Field[0]);
    }

    private Type part(int index, Type declared) {
        return declared instanceof Class ? types[index] : Generics.resolve(fields[index].getGenericType(), declared);
    }

    /** The place of a component; the one after the last is tried first, as that is how they are written. */
    private int find(String name, int first) {
        for (int i = 0; i < fields.length; i++) {
            int place = (first + i) % fields.length;
            if (fields[place].getName().equals(name)) {
                return place;
            }
        }
        throw new ValueException(type.getName() + " has no component " + name);
    }

    private Object[] absent() {
        Object[] components = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            Class<?> raw = fields[i].getType();
            if (raw.isPrimitive()) {
                components[i] = Array.get(Array.newInstance(raw, 1), 0);
            } else if (Forms.isOptional(raw)) {
                components[i] = OptionalForm.of(null, raw);
            }
        }
        return components;
    }

    private Object make(Object... components) {
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException e) {
            throw new ValueException(type.getName() + " refused its components: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ValueException(type.getName() + " could not be made: " + e);
        }
    }
}
