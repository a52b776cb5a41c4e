package io.econtext.values;

import io.econtext.NotPortableException;
import io.econtext.broker.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;

/** The codec of targets, used on this side. Stateless. */
public final class CoreValueCodec implements ValueCodec {
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
    public void checkPortable(Type declared) {}

    @Override
    public boolean needsMoreTypes(Type declared) {
        return !(declared instanceof Class<?> c) || !c.isPrimitive() && c != String.class;
    }
}
