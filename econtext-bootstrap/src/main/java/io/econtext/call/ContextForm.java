package io.econtext.call;

import io.econtext.RemoteContext;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.types.Form;
import java.lang.reflect.Type;

/**
 * A context: a reference on the wire, the same context wherever it arrives.
 *
 * <p>Stateless.
 */
public final class ContextForm implements Form {
    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        out.scalar(Here.current().reference((RemoteContext) value));
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Object reference = in.next();
        if (reference != null && !(reference instanceof byte[])) {
            throw Form.bad(in, declared);
        }
        return reference == null ? null : Here.current().find((byte[]) reference);
    }
}
