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
final class BitSetForm extends Form {
    @Override
    void put(SmileWriter out, Object value, Type declared) {
        out.scalar(((BitSet) value).toByteArray());
    }

    @Override
    Object get(SmileReader in, Type declared) {
        Object bytes = in.next();
        if (bytes != null && !(bytes instanceof byte[])) {
            throw bad(in, declared);
        }
        return bytes == null ? null : BitSet.valueOf((byte[]) bytes);
    }
}
