package io.econtext.call;

import io.econtext.RemoteContext;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.core.ValueException;
import java.util.Arrays;

/**
 * The contexts that values can refer to here.
 *
 * <pre>
 * a context as a value:  binary: i32 id   UTF-8 name
 * </pre>
 *
 * Safe for use by any thread.
 */
public abstract class Contexts {
    /** None. */
    public static final Contexts NONE = new Contexts() {
        @Override
        protected boolean owns(RemoteContext context) {
            return false;
        }

        @Override
        protected RemoteContext find(int id, String name) {
            throw new ValueException("contexts are known to a broker only");
        }
    };

    static final String NEVER_CONNECTED = "' was never connected, so nothing can find it: connect it first";
    static final String FOREIGN = "' is no context that messages from here can find";

    private static final int ID = 4;

    /** Those that code in this context can refer to. */
    public static Contexts here() {
        return Here.current();
    }

    /** Whether it is one of those. */
    protected abstract boolean owns(RemoteContext context);

    /** @throws ValueException if there is none that can be referred to */
    protected abstract RemoteContext find(int id, String name);

    /** @throws ValueException if it is none that others could find */
    public final byte[] reference(RemoteContext value) {
        RemoteContext context = value instanceof TimedContext ? ((TimedContext) value).context : value;
        if (!owns(context)) {
            throw new ValueException("'" + context.name() + FOREIGN);
        }
        int id = context.id();
        if (id < 0) {
            throw new ValueException("'" + context.name() + NEVER_CONNECTED);
        }
        byte[] name = Text.bytes(context.name());
        byte[] reference = new byte[ID + name.length];
        Message.putInt(reference, 0, id);
        System.arraycopy(name, 0, reference, ID, name.length);
        return reference;
    }

    /** @throws ValueException if it is none, or refers to no context that is known here */
    public final RemoteContext find(byte[] reference) {
        if (reference.length < ID) {
            throw new ValueException("a context takes at least " + ID + " bytes");
        }
        return find(Message.getInt(reference, 0), Text.string(Arrays.copyOfRange(reference, ID, reference.length)));
    }
}
