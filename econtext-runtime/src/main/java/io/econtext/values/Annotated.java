package io.econtext.values;

import io.econtext.call.Contexts;
import io.econtext.types.ByJackson;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;

/**
 * Values of one application, as Jackson's annotations on its classes say. It runs on both sides, in a target as a part
 * of the application, which is why it needs Java 17 there.
 *
 * <p>Safe for use by any thread.
 */
public final class Annotated implements ByJackson.Codec {
    private final Map<Type, Binding> known = new ConcurrentHashMap<>();
    private final ObjectMapper mapper;

    /** Made on a target, by name. */
    public Annotated() {
        this(new Here(), Annotated.class.getClassLoader());
    }

    /** @param application finds the modules of Jackson that are to be used */
    Annotated(Supplier<Contexts> contexts, ClassLoader application) {
        mapper = Mapper.byAnnotations(contexts, application);
    }

    /** Throws for a type that can't travel in the direction asked for. */
    void check(Type declared) {
        try {
            JavaType type = mapper.constructType(declared);
            mapper._serializationContext().findTypedValueSerializer(type, true);
            mapper._deserializationContext().findRootValueDeserializer(type);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public byte[] write(Object value, Type declared) {
        return binding(declared).write(value);
    }

    @Override
    public Object read(byte[] document, int offset, int length, Type declared) {
        return binding(declared).read(document, offset, length);
    }

    private Binding binding(Type declared) {
        Binding binding = known.get(declared);
        if (binding == null) {
            check(declared);
            binding = new Binding(mapper, declared);
            known.put(declared, binding);
        }
        return binding;
    }

    /** No lambda, as that would fetch all that makes calls, which only references to contexts need. */
    private static final class Here implements Supplier<Contexts> {
        @Override
        public Contexts get() {
            return Contexts.here();
        }
    }
}
