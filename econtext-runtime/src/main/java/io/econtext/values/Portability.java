package io.econtext.values;

import io.econtext.core.ValueException;
import io.econtext.types.Form;
import io.econtext.types.Forms;
import io.econtext.types.Generics;
import io.econtext.types.Located;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Walks over a declared type with all its parts and finds the first that can't travel.
 *
 * <p>For one thread.
 */
final class Portability {
    private static final int MOST_TYPES = 10_000; // a class that holds itself with ever longer arguments has no end

    private final Set<String> seen = new HashSet<>();

    private Portability() {}

    static void check(Type declared) {
        new Portability().walk(declared);
    }

    private void walk(Type declared) {
        Type type = Generics.plain(declared);
        if (!seen.add(type.getTypeName())) {
            return;
        }
        if (seen.size() > MOST_TYPES) {
            throw new ValueException(type.getTypeName() + " can't travel: its parts have no end");
        }
        Form form = Forms.of(type);
        for (Map.Entry<String, Type> part : form.parts(type).entrySet()) {
            try {
                walk(part.getValue());
            } catch (ValueException e) {
                throw Located.at(part.getKey(), e);
            }
        }
    }
}
