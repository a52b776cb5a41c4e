package io.econtext.core.econtext;

import io.econtext.core.RemoteLoader;

/** Opens {@code econtext:} URLs; the JVM finds it by its name. */
public final class Handler extends RemoteLoader.Opener {}
