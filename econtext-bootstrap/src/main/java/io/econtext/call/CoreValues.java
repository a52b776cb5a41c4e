package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import io.econtext.types.CoreForm;
import io.econtext.types.Portability;
import java.lang.reflect.Type;

/** The codec of targets. Safe for use by any thread. */
final class CoreValues implements ValueCodec {
    @Override
    public byte[] encode(Object value, Type declared) {
        try {
            return Binder.write(value, declared);
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] document, int offset, int length, Type declared) {
        try {
            return Binder.read(document, offset, length, declared);
        } catch (ValueException e) {
            throw new NotPortableException(e.getMessage(), e);
        }
    }

    @Override
    public void checkPortable(Type declared) {
        try {
            Portability.check(declared);
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
    public boolean needsMoreTypes(Type declared) {
        return !CoreForm.serves(declared);
    }
}
