package io.econtext.types;

import io.econtext.channel.SenderEnd;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * The sending end of a channel: a reference on the wire, a sender where it arrives.
 *
 * <p>Stateless.
 */
final class SenderForm implements Form {
    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        throw Forms.refused(value.getClass(), "was not made by opening a channel here");
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Object reference = in.next();
        if (!(reference instanceof byte[])) {
            throw Form.bad(in, declared);
        }
        Type item = declared instanceof ParameterizedType
                ? ((ParameterizedType) declared).getActualTypeArguments()[0]
                : Object.class;
        return SenderEnd.here((byte[]) reference, item);
    }
}
