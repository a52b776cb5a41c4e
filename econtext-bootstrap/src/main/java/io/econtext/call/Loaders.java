package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.core.Context;
import io.econtext.core.RemoteLoader;
import java.util.function.ToIntFunction;

/** The numbers of the class loaders of a target, which are those that the controller gave them. Stateless. */
final class Loaders implements ToIntFunction<ClassLoader> {
    /** Econtext's own, which also sees the JDK. */
    private static final int OWN = 0;

    @Override
    public int applyAsInt(ClassLoader loader) {
        if (loader instanceof RemoteLoader) {
            return ((RemoteLoader) loader).id;
        }
        ClassLoader own = Context.class.getClassLoader();
        while (own != loader) {
            if (own == null) {
                throw new NotPortableException(
                        "its class was made here, by " + loader + ", so no other context can have it");
            }
            own = own.getParent();
        }
        return OWN;
    }
}
