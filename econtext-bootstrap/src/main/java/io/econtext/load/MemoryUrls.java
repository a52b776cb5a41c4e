package io.econtext.load;

import io.econtext.core.Boot;
import io.econtext.core.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.function.Function;

/**
 * Makes and opens the URLs of resources in memory: {@code econtext://:loader/path}, and for the second of a path
 * {@code econtext://:loader/path?1}. Safe for use by any thread.
 */
final class MemoryUrls extends URLStreamHandler implements Function<URL, URLConnection> {
    private static final MemoryUrls OPENER = new MemoryUrls();

    static {
        Boot.resources = OPENER;
    }

    private MemoryUrls() {}

    static URL url(int loader, String path, int index) {
        try {
            String encoded = new URI(null, null, "/" + path, null).getRawPath();
            return new URL("econtext", "", loader, index == 0 ? encoded : encoded + "?" + index, OPENER);
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** What the JVM asks to open a URL that was made of a text. */
    @Override
    public URLConnection apply(URL url) {
        return openConnection(url);
    }

    @Override
    protected URLConnection openConnection(URL url) {
        return new Connection(url);
    }

    /** Reads from memory, after a request where that is needed. */
    private static final class Connection extends URLConnection {
        private byte[] bytes;

        Connection(URL url) {
            super(url);
        }

        @Override
        public void connect() throws IOException {
            if (bytes != null) {
                return;
            }
            try {
                ApplicationLoader loader = (ApplicationLoader) Context.current.loader(url.getPort());
                byte[][] all = loader.all(new URI(url.getPath()).getPath().substring(1));
                bytes = all[url.getQuery() == null ? 0 : Integer.parseInt(url.getQuery())];
            } catch (ReflectiveOperationException | URISyntaxException | RuntimeException e) {
                throw new IOException("no such resource: " + url, e);
            }
            connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            connect();
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long getContentLengthLong() {
            try {
                connect();
            } catch (IOException e) {
                return -1;
            }
            return bytes.length;
        }

        @Override
        public String getContentType() {
            return guessContentTypeFromName(url.getPath());
        }
    }
}
