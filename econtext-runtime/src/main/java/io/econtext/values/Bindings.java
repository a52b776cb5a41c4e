package io.econtext.values;

import io.econtext.call.Contexts;
import io.econtext.types.Portability;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.ObjectMapper;

/**
 * What Jackson found out about each declared type. Jackson is loaded with the first one.
 *
 * <p>Safe for use by any thread.
 */
final class Bindings {
    private final Map<Type, Binding> known = new ConcurrentHashMap<>();
    private final Contexts contexts;
    private ObjectMapper mapper;

    Bindings(Contexts contexts) {
        this.contexts = contexts;
    }

    /** Throws for a type that can't travel. */
    Binding of(Type declared) {
        Binding binding = known.get(declared);
        if (binding == null) {
            Portability.check(declared);
            binding = new Binding(mapper(), declared);
            known.put(declared, binding);
        }
        return binding;
    }

    private synchronized ObjectMapper mapper() {
        if (mapper == null) {
            mapper = Mapper.byFields(contexts);
        }
        return mapper;
    }
}
