package io.econtext.core.econtext;

import io.econtext.core.Boot;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** Opens {@code econtext:} URLs; the JVM finds it by its name. */
public final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
        return Boot.resources.apply(url);
    }
}
