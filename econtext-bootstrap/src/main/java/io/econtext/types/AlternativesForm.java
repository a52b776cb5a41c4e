package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of a list of classes: an array of the class's position there, the length of the list and the value. Java leaves a
 * class that it can't load out of the list of permitted ones, without a word, which would shift the others.
 *
 * <p>Immutable.
 */
public final class AlternativesForm implements Form {
    private final Class<?>[] classes;

    AlternativesForm(Class<?>[] classes) {
        this.classes = classes.clone();
    }

    @Override
    public Map<String, Type> parts(Type declared) {
        Map<String, Type> parts = new LinkedHashMap<>();
        for (int i = 0; i < classes.length; i++) {
            parts.put("(" + classes[i].getSimpleName() + ")", Generics.narrow(declared, classes[i]));
        }
        return parts;
    }

    /** The position of the value's class; the class itself comes before one that it extends. */
    public int position(Object value) {
        int position = -1;
        for (int i = classes.length - 1; i >= 0; i--) {
            if (classes[i] == value.getClass()) {
                return i;
            }
            if (classes[i].isInstance(value)) {
                position = i;
            }
        }
        if (position < 0) {
            throw Forms.refused(value.getClass(), "is none of the alternatives");
        }
        return position;
    }

    public int size() {
        return classes.length;
    }

    /** The class at a position in the writer's list; throws if that one is of another length, or ends before. */
    public Class<?> at(int position, int size) {
        if (size != classes.length) {
            throw new ValueException("one of " + size + " alternatives where it was written, of " + classes.length
                    + " here: on one side a class of them can't be loaded");
        }
        if (position < 0 || position >= size) {
            throw new ValueException("no alternative at position " + position);
        }
        return classes[position];
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        int position = position(value);
        out.open(SmileWriter.ARRAY);
        out.scalar(position);
        out.scalar(classes.length);
        Binder.put(out, value, Generics.narrow(declared, classes[position]));
        out.close(SmileWriter.ARRAY);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        if (!Form.opens(SmileReader.ARRAY, in, declared)) {
            return null;
        }
        int position = (Integer) Binder.get(in, int.class);
        Class<?> type = at(position, (Integer) Binder.get(in, int.class));
        Object value = Binder.get(in, Generics.narrow(declared, type));
        if (in.more()) {
            throw Form.bad(in, declared);
        }
        return value;
    }
}
