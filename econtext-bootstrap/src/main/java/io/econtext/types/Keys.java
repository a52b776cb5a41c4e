package io.econtext.types;

import io.econtext.core.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;

/**
 * Keys of maps, which travel as text.
 *
 * <p>Stateless.
 */
public final class Keys {
    private static final int MOST_DIGITS = 1000; // the time to parse more grows with their square

    private Keys() {}

    /** Throws for a class that can't be a key. */
    public static void check(Class<?> type) {
        if (type == URL.class) {
            throw TextForm.hashedUrl();
        }
        boolean key = CoreForm.serves(type) && type != byte[].class && type != Void.class
                || type == Object.class
                || type.isEnum()
                || Forms.isNumber(type) && type != Number.class
                || Forms.isText(type);
        if (!key) {
            throw Forms.refused(type, "has no text to be a map's key");
        }
    }

    public static String text(Object key, Class<?> type) {
        if (key == null) {
            throw new ValueException("a null key can't travel");
        }
        if (type == Object.class && !(key instanceof String)) {
            throw Forms.refused(key.getClass(), "is a key declared as Object only");
        }
        if (key instanceof Enum) {
            return ((Enum<?>) key).name();
        }
        String text = Forms.isText(type) ? TextForm.text(key) : key.toString();
        if (text.length() > MOST_DIGITS && (type == BigInteger.class || type == BigDecimal.class)) {
            throw Forms.refused(type, "is a key of more than " + MOST_DIGITS + " digits");
        }
        return text;
    }

    public static Object parse(String text, Class<?> type) {
        if (type == String.class || type == Object.class) {
            return text;
        }
        if (type.isEnum()) {
            return EnumForm.constant(type, text);
        }
        if (Forms.isText(type)) {
            return TextForm.parse(text, type);
        }
        if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        if (type == Character.class && text.length() == 1) {
            return text.charAt(0);
        }
        if (text.length() <= MOST_DIGITS) {
            if (type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == Long.class) {
                return Long.valueOf(text);
            }
            if (type == Double.class) {
                return Double.valueOf(text);
            }
            if (type == Float.class) {
                return Float.valueOf(text);
            }
            if (type == Short.class) {
                return Short.valueOf(text);
            }
            if (type == Byte.class) {
                return Byte.valueOf(text);
            }
            if (type == BigInteger.class) {
                return new BigInteger(text);
            }
            if (type == BigDecimal.class) {
                return new BigDecimal(text);
            }
        }
        throw new ValueException("no key of type " + type.getName());
    }
}
