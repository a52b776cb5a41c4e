package io.econtext.spring.remotecall;

import io.econtext.RemoteContext;

/** Makes the stand-ins of objects that live in a context. Safe for use by any number of threads. */
@FunctionalInterface
public interface RemoteObjects {

    /** Returns at once; the object itself is made at the first call, by the constructor without parameters. */
    TargetObject of(RemoteContext context, Class<?> implementation);
}
