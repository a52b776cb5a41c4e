package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import io.econtext.types.ByJackson;
import io.econtext.types.CoreForm;
import io.econtext.types.Portability;
import java.lang.reflect.Type;

/** The codec of targets. Safe for use by any thread. */
final class CoreValues implements ValueCodec {
    private final boolean jackson;

    CoreValues() {
        this(false);
    }

    private CoreValues(boolean jackson) {
        this.jackson = jackson;
    }

    @Override
    public byte[] encode(Object value, Type declared) {
        try {
            CoreForm.checkNull(value, declared);
            return Binder.write(value, named(declared));
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] document, int offset, int length, Type declared) {
        try {
            return Binder.read(document, offset, length, named(declared));
        } catch (ValueException e) {
            throw ValueCodec.unreadable(e);
        }
    }

    @Override
    public void checkPortable(Type declared) {
        try {
            Portability.check(named(declared));
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    /** What values refer to here, {@link Here} knows. */
    @Override
    public ValueCodec knowing(Contexts contexts) {
        return this;
    }

    @Override
    public ValueCodec byJackson() {
        return new CoreValues(true);
    }

    @Override
    public Type named(Type declared) {
        return jackson ? ByJackson.of(declared) : declared;
    }

    @Override
    public boolean needsMoreTypes(Type declared) {
        return !CoreForm.serves(declared);
    }
}
