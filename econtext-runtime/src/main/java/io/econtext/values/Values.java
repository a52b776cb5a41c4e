package io.econtext.values;

import io.econtext.NotPortableException;
import io.econtext.call.Contexts;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import io.econtext.types.CoreForm;
import io.econtext.types.Portability;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The controller's side of the values: Jackson's Smile, taught the rules that the small codec of the targets follows.
 * Texts, numbers and bytes are left to that small codec itself, as Jackson's first use costs half a second.
 *
 * <p>Safe for use by any thread. It remembers the types that it met, and so keeps their class loaders.
 */
public final class Values implements ValueCodec {
    private final Set<Type> portable = ConcurrentHashMap.newKeySet();
    private final Bindings bindings;
    private final ValueCodec byJackson;

    /** Made as a service; knows no contexts. */
    public Values() {
        this(Contexts.NONE);
    }

    private Values(Contexts contexts) {
        bindings = new Bindings(contexts);
        byJackson = new JacksonValues(this, contexts);
    }

    @Override
    public ValueCodec knowing(Contexts contexts) {
        return new Values(contexts);
    }

    @Override
    public ValueCodec byJackson() {
        return byJackson;
    }

    @Override
    public Type named(Type declared) {
        return declared;
    }

    @Override
    public byte[] encode(Object value, Type declared) {
        try {
            CoreForm.checkNull(value, declared);
            return value == null || CoreForm.serves(declared)
                    ? Binder.write(value, declared)
                    : bindings.of(declared).write(value);
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] document, int offset, int length, Type declared) {
        try {
            StrictReader.walk(document, offset, length);
            return CoreForm.serves(declared)
                    ? Binder.read(document, offset, length, declared)
                    : bindings.of(declared).read(document, offset, length);
        } catch (ValueException e) {
            throw ValueCodec.unreadable(e);
        }
    }

    @Override
    public void checkPortable(Type declared) {
        if (CoreForm.serves(declared) || portable.contains(declared)) {
            return;
        }
        try {
            Portability.check(declared);
            portable.add(declared);
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    @Override
    public boolean needsMoreTypes(Type declared) {
        return !CoreForm.serves(declared);
    }
}
