package io.econtext.load;

import io.econtext.core.Message;
import io.econtext.core.RemoteLoader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Defines an application's classes and finds its resources, as they were sent ahead or are sent on request. What isn't
 * there is asked for once; not even that where a digest came that hasn't got the name.
 *
 * <pre>
 * With a package, such as {@code com.acme}, come entries that are no class and no resource:
 * com/acme/   a {@link Digest} of the classes that the controller has there: i32 for each, the hash code of its path
 * /com/acme/  the same of resources
 * com.acme.   where its classes are from: utf name of the jar, u8 whether it is sealed, six utf: title, version and vendor
 *             of its specification, and of its implementation
 * a resource: for each of that name, in the order of the class path, i32 length, bytes
 * </pre>
 *
 * Parallel capable, as its superclass: no lock but that of the class itself is held while one is waited for.
 */
public final class ApplicationLoader extends RemoteLoader {
    static {
        registerAsParallelCapable();
    }

    private static final byte[][] NONE = {};
    private static final int MAX_MISSING = 10_000;

    private final ConcurrentHashMap<String, byte[][]> resources = new ConcurrentHashMap<>();
    /** What can't be had, by name, and why; nothing where it is absent. */
    private final ConcurrentHashMap<String, String> missing = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

    public ApplicationLoader(int id, RemoteLoader own) {
        super(id, own, own.requests);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] b = find(name);
        if (b == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, b, 0, b.length, domain(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
    }

    @Override
    protected URL findResource(String name) {
        return all(name).length == 0 ? null : MemoryUrls.url(id, name, 0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        Vector<URL> urls = new Vector<>();
        for (int i = 0; i < all(name).length; i++) {
            urls.add(MemoryUrls.url(id, name, i));
        }
        return urls.elements();
    }

    /** All resources of that name. */
    byte[][] all(String name) {
        byte[][] all = resources.get(name);
        if (all == null) {
            byte[] b;
            try {
                b = find("/" + name);
            } catch (ClassNotFoundException e) {
                b = null;
            }
            if (b == null) {
                return NONE;
            }
            all = NONE;
            for (int at = 0; at < b.length; at += 4 + all[all.length - 1].length) {
                all = Arrays.copyOf(all, all.length + 1);
                all[all.length - 1] = Arrays.copyOfRange(b, at + 4, at + 4 + Message.getInt(b, at));
            }
            resources.put(name, all);
        }
        return all;
    }

    private byte[] find(String name) throws ClassNotFoundException {
        byte[] b = requests.take(id, name);
        if (b == null) {
            String why = missing.get(name);
            if (why != null && !why.isEmpty()) {
                throw new ClassNotFoundException(why);
            }
            if (why != null || isAbsent(name)) {
                return null;
            }
            try {
                b = requests.ask(id, name);
            } catch (ClassNotFoundException e) {
                if (e.getCause() == null) {
                    miss(name, e.getMessage());
                }
                throw e;
            }
            if (b == null) {
                miss(name, "");
            }
        }
        return b;
    }

    private void miss(String name, String why) {
        if (missing.size() > MAX_MISSING) {
            missing.clear();
        }
        missing.put(name, why);
    }

    /** Whether a digest says that nothing of that name is there. */
    private boolean isAbsent(String name) {
        byte[] digest = requests.peek(id, Digest.name(name));
        return digest != null && Digest.lacks(digest, name);
    }

    /** Defines the package, as Java 8 doesn't by itself. Asking for one would cost a lambda's 8 ms on later versions. */
    private ProtectionDomain domain(String packageName) {
        ProtectionDomain domain = domains.get(packageName);
        if (domain == null) {
            String[] about = new String[6];
            String jar = "";
            boolean sealed = false;
            byte[] b = requests.peek(id, packageName + ".");
            if (b != null) {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(b));
                try {
                    jar = in.readUTF();
                    sealed = in.readBoolean();
                    for (int i = 0; i < about.length; i++) {
                        String text = in.readUTF();
                        about[i] = text.isEmpty() ? null : text;
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            URL place = MemoryUrls.url(id, jar, 0);
            try {
                definePackage(
                        packageName, about[0], about[1], about[2], about[3], about[4], about[5], sealed ? place : null);
            } catch (IllegalArgumentException e) {
                // Another thread's class of that package, or a parent's, was there first.
            }
            domain = new ProtectionDomain(new CodeSource(place, (CodeSigner[]) null), null, this, null);
            domains.put(packageName, domain);
        }
        return domain;
    }
}
