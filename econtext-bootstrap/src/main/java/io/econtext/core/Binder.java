package io.econtext.core;

import java.lang.reflect.Type;

/**
 * Writes and reads values by their declared type. The few that nearly every call needs are done here; the subclass
 * that does all others is fetched on first need.
 *
 * <p>Safe for use by any thread.
 */
public abstract class Binder {
    // Pairs: what may not be null at the even places; at the odd ones what it is read as, which may.
    private static final Class<?>[] SIMPLE = {
        String.class, String.class, byte[].class, byte[].class, void.class, void.class, Void.class, Void.class,
        boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class, double.class, Double.class,
    };

    /** Where the subclass is looked for. */
    static ClassLoader loader = Binder.class.getClassLoader();

    private static volatile Binder others;

    public static byte[] write(Object value, Type declared) {
        SmileWriter out = new SmileWriter();
        put(out, value, declared);
        return out.toByteArray();
    }

    public static Object read(byte[] document, int offset, int length, Type declared) {
        SmileReader in = new SmileReader(document, offset, length);
        Object value = get(in, declared);
        in.end();
        return value;
    }

    /** Writes one value into a document. */
    public static void put(SmileWriter out, Object value, Type declared) {
        if (!out.scalar(value)) {
            others().putOther(out, value, declared);
        }
    }

    /** Reads one value of a document. */
    public static Object get(SmileReader in, Type declared) {
        int kind = SIMPLE.length;
        do {
            if (--kind < 0) {
                return others().getOther(in, declared);
            }
        } while (SIMPLE[kind] != declared);
        Object value = in.next();
        Class<?> boxed = SIMPLE[kind | 1];
        if (value == null ? boxed == declared : value.getClass() == boxed) {
            return value;
        }
        if (value instanceof Integer && boxed == Long.class) { // integers are as short as their value allows
            return ((Integer) value).longValue();
        }
        throw in.bad(declared.toString());
    }

    /** The type that a generic signature of the JVM describes. */
    static Type type(String signature, ClassLoader loader) {
        return others().typeOther(signature, loader);
    }

    static Binder others() {
        Binder found = others;
        if (found == null) { // two threads may both find it; a lock would be held while the link is waited for
            try {
                found = (Binder) loader.loadClass("io.econtext.types.Forms").newInstance();
                others = found;
            } catch (ReflectiveOperationException e) {
                throw new ValueException(e.toString());
            }
        }
        return found;
    }

    /** Writes a value that is no {@link SmileWriter#scalar scalar}. */
    protected abstract void putOther(SmileWriter out, Object value, Type declared);

    /** Reads a value of a type that the core doesn't know; with no type, one whose token it doesn't know. */
    protected abstract Object getOther(SmileReader in, Type declared);

    protected abstract Type typeOther(String signature, ClassLoader loader);
}
