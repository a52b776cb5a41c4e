package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Defines classes from memory: those that were sent ahead, and those that can be asked for.
 *
 * <p>Parallel capable: a class that is being waited for holds back no other.
 */
public final class RemoteLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** The number by which messages name it. */
    public final int id;

    private final ConcurrentHashMap<String, byte[]> pushed = new ConcurrentHashMap<>();
    private final Set<String> packages = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final ClassRequests requests;

    RemoteLoader(int id, ClassLoader parent, ClassRequests requests) {
        super(parent);
        this.id = id;
        this.requests = requests;
    }

    void push(String name, byte[] bytes) {
        if (findLoadedClass(name) == null) {
            pushed.put(name, bytes);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] b = pushed.remove(name);
        if (b == null || requests.isTooNew(b)) { // who asks learns why it can't be had
            b = requests.find(name, false);
        }
        if (b == null) {
            throw new ClassNotFoundException(name);
        }
        // Java 8 defines no packages by itself; asking for one costs a lambda's 8 ms on later versions.
        int dot = name.lastIndexOf('.');
        if (dot > 0 && packages.add(name.substring(0, dot))) {
            try {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                // Another thread's class of that package, or a parent's, was there first.
            }
        }
        return defineClass(name, b, 0, b.length);
    }

    @Override
    protected URL findResource(String name) {
        try {
            return resource(name) == null ? null : new URL("econtext", "", id, "/" + name, new Opener());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.<URL>emptyEnumeration() : Collections.enumeration(Collections.singleton(url));
    }

    byte[] resource(String name) {
        byte[] b = pushed.get("/" + name);
        if (b == null) {
            try {
                b = requests.find(name, true);
            } catch (ClassNotFoundException e) {
                return null;
            }
            if (b != null) {
                pushed.put("/" + name, b);
            }
        }
        return b;
    }

    /** Opens {@code econtext://:loader/name} from memory. */
    static final class Connection extends URLConnection {
        private byte[] bytes;

        Connection(URL url) {
            super(url);
        }

        @Override
        public void connect() throws IOException {
            bytes = Context.current.loader(url.getPort()).resource(url.getPath().substring(1));
            if (bytes == null) {
                throw new IOException("no such resource: " + url);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            connect();
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public int getContentLength() {
            try {
                connect();
            } catch (IOException e) {
                return -1;
            }
            return bytes.length;
        }
    }

    /** What {@link Boot} asks to open such URLs. */
    static final class Opener extends URLStreamHandler implements Function<URL, URLConnection> {
        @Override
        public URLConnection apply(URL url) {
            return openConnection(url);
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new Connection(url);
        }
    }
}
