package io.econtext.values;

import io.econtext.types.CoreForm;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.util.AccessPattern;

/**
 * Reads numbers, texts, truth values, characters and bytes as they were written, and nothing else as one: Jackson would
 * read 200 as the byte -56, the text {@code "NaN"} as a number, and any bytes as a text.
 *
 * <p>Immutable.
 */
final class Scalars extends ValueDeserializer<Object> {
    private static final Set<Class<?>> MORE = Set.of(
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            char.class,
            Character.class,
            float.class,
            Float.class,
            BigInteger.class,
            BigDecimal.class,
            Number.class,
            char[].class);

    private final Class<?> type;
    private final Class<?> boxed;

    Scalars(Class<?> type) {
        this.type = type;
        this.boxed = MethodType.methodType(type).wrap().returnType();
    }

    static boolean serve(Class<?> type) {
        return CoreForm.serves(type) || MORE.contains(type);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        Object found = switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
            case VALUE_STRING -> in.getString();
            case VALUE_EMBEDDED_OBJECT -> in.getBinaryValue();
            default -> null;
        };
        Object fitting = boxed.isInstance(found) ? found : fitting(found);
        return fitting != null ? fitting : context.handleUnexpectedToken(type, in);
    }

    /** Integers are as short as their value allows; a character is a text of one. */
    private Object fitting(Object found) {
        if (found instanceof Integer number) {
            int n = number;
            if (boxed == Long.class) {
                return (long) n;
            }
            if (boxed == Short.class && (short) n == n) {
                return (short) n;
            }
            if (boxed == Byte.class && (byte) n == n) {
                return (byte) n;
            }
        }
        if (found instanceof String text) {
            if (boxed == char[].class) {
                return text.toCharArray();
            }
            if (boxed == Character.class && text.length() == 1) {
                return text.charAt(0);
            }
        }
        return null;
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return type.isPrimitive() ? context.reportInputMismatch(type, "null for %s", type.getName()) : null;
    }

    /** What a record gets where nothing was sent. */
    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    @Override
    public AccessPattern getNullAccessPattern() {
        return AccessPattern.DYNAMIC;
    }
}
