package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An Optional: its value, or null. So a null Optional arrives as an empty one.
 *
 * <p>Stateless.
 */
final class OptionalForm implements Form {
    @Override
    public Map<String, Type> parts(Type declared) {
        return Collections.singletonMap(".get()", element(declared));
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        Object held;
        if (value instanceof OptionalInt) {
            held = ((OptionalInt) value).isPresent() ? ((OptionalInt) value).getAsInt() : null;
        } else if (value instanceof OptionalLong) {
            held = ((OptionalLong) value).isPresent() ? ((OptionalLong) value).getAsLong() : null;
        } else if (value instanceof OptionalDouble) {
            held = ((OptionalDouble) value).isPresent() ? ((OptionalDouble) value).getAsDouble() : null;
        } else {
            held = ((Optional<?>) value).orElse(null);
        }
        Binder.put(out, held, element(declared));
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        return of(Binder.get(in, element(declared)), declared);
    }

    static Object of(Object held, Type declared) {
        if (declared == OptionalInt.class) {
            return held == null ? OptionalInt.empty() : OptionalInt.of((Integer) held);
        }
        if (declared == OptionalLong.class) {
            return held == null ? OptionalLong.empty() : OptionalLong.of((Long) held);
        }
        if (declared == OptionalDouble.class) {
            return held == null ? OptionalDouble.empty() : OptionalDouble.of((Double) held);
        }
        return Optional.ofNullable(held);
    }

    private static Type element(Type declared) {
        if (declared == OptionalInt.class) {
            return Integer.class;
        }
        if (declared == OptionalLong.class) {
            return Long.class;
        }
        if (declared == OptionalDouble.class) {
            return Double.class;
        }
        Type element = Generics.argument(declared, Optional.class, 0);
        if (Forms.isOptional(Generics.raw(element))) {
            throw Forms.refused(Optional.class, "holds another, so that it would be unclear which of them is empty");
        }
        return element;
    }
}
