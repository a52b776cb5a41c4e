package io.econtext.types;

import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Walks over a declared type with all its parts and finds the first that can't travel.
 *
 * <p>For one thread.
 */
public final class Portability {
    private static final int DEEPEST = 500; // a class that holds itself with ever longer arguments has no end

    private final Set<String> seen = new HashSet<>();

    private Portability() {}

    /** Throws what is to be said of a type that can't travel. */
    public static void check(Type declared) {
        new Portability().walk(declared, 0, false);
    }

    /** @param hashed whether it is part of what a set holds */
    private void walk(Type declared, int depth, boolean hashed) {
        Type type = Generics.plain(declared);
        if (!seen.add(hashed + type.getTypeName())) {
            return;
        }
        if (hashed && type == URL.class) {
            throw TextForm.hashedUrl();
        }
        if (depth > DEEPEST) {
            throw new ValueException(Generics.raw(type).getName() + " can't travel: its parts have no end");
        }
        Form form = Forms.of(type);
        boolean hashes = hashed || Set.class.isAssignableFrom(Generics.raw(type));
        for (Map.Entry<String, Type> part : form.parts(type).entrySet()) {
            try {
                walk(part.getValue(), depth + 1, hashes);
            } catch (ValueException e) {
                throw Located.at(part.getKey(), e);
            }
        }
    }
}
