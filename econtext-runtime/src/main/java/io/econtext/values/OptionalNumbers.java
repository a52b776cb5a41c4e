package io.econtext.values;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.util.AccessPattern;

/**
 * Reads the Optionals of numbers as strictly as their numbers.
 *
 * <p>Immutable.
 */
final class OptionalNumbers extends ValueDeserializer<Object> {
    private final Class<?> type;
    private final Scalars number;

    OptionalNumbers(Class<?> type) {
        this.type = type;
        this.number = new Scalars(
                type == OptionalInt.class ? int.class : type == OptionalLong.class ? long.class : double.class);
    }

    static boolean serve(Class<?> type) {
        return type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        Object found = number.deserialize(in, context);
        if (found instanceof Integer n) {
            return OptionalInt.of(n);
        }
        return found instanceof Long n ? OptionalLong.of(n) : OptionalDouble.of((Double) found);
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        if (type == OptionalInt.class) {
            return OptionalInt.empty();
        }
        return type == OptionalLong.class ? OptionalLong.empty() : OptionalDouble.empty();
    }

    @Override
    public AccessPattern getNullAccessPattern() {
        return AccessPattern.CONSTANT;
    }
}
