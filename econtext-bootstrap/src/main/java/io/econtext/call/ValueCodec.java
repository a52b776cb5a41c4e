package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.channel.ChannelCodec;
import io.econtext.core.ValueException;
import io.econtext.parent.Printable;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Turns values into Smile and back, by declared type. Safe for use by several threads. */
public interface ValueCodec extends ChannelCodec {
    /** An application's own may be causes of each other. */
    int MOST_CAUSES = 100;

    /** @throws NotPortableException if the value can't travel, naming the field and the type that can't */
    @Override
    byte[] encode(@Nullable Object value, Type declared);

    /** @throws NotPortableException if the document is none, lies, or doesn't fit the type */
    @Override
    @Nullable
    Object decode(byte[] document, int offset, int length, Type declared);

    /**
     * What is to be thrown of a document that can't be read. All that it says may be the sender's: it is shown as a line,
     * and what may be long is cut, also in the cause, which is there for its stack.
     */
    static NotPortableException unreadable(ValueException failure) {
        Throwable root = failure;
        for (int i = 0; i < MOST_CAUSES && root.getCause() != null; i++) {
            root = root.getCause();
        }
        ValueException cause = new ValueException(Printable.brief(root.toString()));
        cause.setStackTrace(root.getStackTrace());
        return new NotPortableException(Printable.brief(String.valueOf(failure.getMessage())), cause);
    }

    /** @throws NotPortableException if no value of the type can travel, naming the part that can't */
    void checkPortable(Type declared);

    /** The same codec for values that may refer to contexts. */
    ValueCodec knowing(Contexts contexts);

    /** The same codec, by Jackson for all values that are partly of an application's classes. */
    ValueCodec byJackson();

    /** The type by which a call tells the other side how to read and write values of this one. */
    Type named(Type declared);

    /** Whether a target needs more than the core to read and write the type. */
    boolean needsMoreTypes(Type declared);
}
