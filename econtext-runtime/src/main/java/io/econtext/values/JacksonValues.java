package io.econtext.values;

import io.econtext.NotPortableException;
import io.econtext.call.Contexts;
import io.econtext.call.ValueCodec;
import io.econtext.core.ValueException;
import io.econtext.types.ByJackson;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The controller's side of values by Jackson's annotations, for contexts that want that. What no class of an application
 * is part of goes as it does for all others.
 *
 * <p>Safe for use by any thread. It remembers the types that it met, and so keeps their class loaders.
 */
final class JacksonValues implements ValueCodec {
    private final Map<ClassLoader, Annotated> applications = new ConcurrentHashMap<>();
    private final ValueCodec others;
    private final Contexts contexts;

    JacksonValues(ValueCodec others, Contexts contexts) {
        this.others = others;
        this.contexts = contexts;
    }

    @Override
    public byte[] encode(Object value, Type declared) {
        return isOthers(declared)
                ? others.encode(value, declared)
                : with(declared, codec -> codec.write(value, declared));
    }

    @Override
    public Object decode(byte[] document, int offset, int length, Type declared) {
        if (isOthers(declared)) {
            return others.decode(document, offset, length, declared);
        }
        return with(declared, codec -> {
            try {
                StrictReader.walk(document, offset, length);
                return codec.read(document, offset, length, declared);
            } catch (ValueException e) {
                throw ValueCodec.unreadable(e);
            }
        });
    }

    @Override
    public void checkPortable(Type declared) {
        if (isOthers(declared)) {
            others.checkPortable(declared);
        } else {
            with(declared, codec -> {
                codec.check(declared);
                return null;
            });
        }
    }

    @Override
    public ValueCodec knowing(Contexts other) {
        return others.knowing(other).byJackson();
    }

    @Override
    public ValueCodec byJackson() {
        return this;
    }

    @Override
    public Type named(Type declared) {
        return ByJackson.of(declared);
    }

    @Override
    public boolean needsMoreTypes(Type declared) {
        return others.needsMoreTypes(declared);
    }

    private static boolean isOthers(Type declared) {
        return ByJackson.application(declared) == null;
    }

    private <R> R with(Type declared, Function<Annotated, R> use) {
        try {
            return use.apply(applications.computeIfAbsent(
                    ByJackson.application(declared).getClassLoader(), loader -> new Annotated(() -> contexts, loader)));
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            throw new NotPortableException(ByJackson.missing(e), e);
        }
    }
}
