package io.econtext.channel;

import io.econtext.core.Binder;
import java.lang.reflect.Type;

/** Turns the items of channels into bytes and back; on a target the core's codec does. Safe for any thread. */
public interface ChannelCodec {
    /** The codec of targets. */
    ChannelCodec CORE = new ChannelCodec() {
        @Override
        public byte[] encode(Object item, Type type) {
            return Binder.write(item, type);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, Type type) {
            return Binder.read(bytes, offset, length, type);
        }
    };

    byte[] encode(Object item, Type type);

    Object decode(byte[] bytes, int offset, int length, Type type);
}
