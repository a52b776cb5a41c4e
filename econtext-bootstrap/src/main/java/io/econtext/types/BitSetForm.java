package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;
import java.util.BitSet;

/**
 * A BitSet: its bits as bytes, the lowest first.
 *
 * <p>Stateless.
 */
final class BitSetForm implements Form {
    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        out.scalar(((BitSet) value).toByteArray());
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Object bytes = in.next();
        if (bytes != null && !(bytes instanceof byte[])) {
            throw Form.bad(in, declared);
        }
        return bytes == null ? null : BitSet.valueOf((byte[]) bytes);
    }
}
