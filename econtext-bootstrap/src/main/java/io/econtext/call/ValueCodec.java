package io.econtext.call;

import io.econtext.NotPortableException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Turns values into Smile and back, by declared type. Safe for use by several threads. */
public interface ValueCodec {

    /** @throws NotPortableException if the value can't travel, naming the field and the type that can't */
    byte[] encode(@Nullable Object value, Type declared);

    /** @throws NotPortableException if the document is none, lies, or doesn't fit the type */
    @Nullable
    Object decode(byte[] document, int offset, int length, Type declared);

    /** @throws NotPortableException if no value of the type can travel, naming the part that can't */
    void checkPortable(Type declared);

    /** Whether a target needs more than the core to read and write the type. */
    boolean needsMoreTypes(Type declared);
}
