package io.econtext.classes;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The class path that one class loader sees, under the number that messages give it. A loader that is replaced, as when
 * an application is redeployed, has another number and can be collected. Safe for use by several threads.
 */
final class Application {
    static final String TOO_NEW =
            "%s needs Java %d and the target has Java %d: compile it with --release %d, or let the"
                    + " target have a newer Java (option java of the context)";
    static final String TOO_NEW_SOURCE = "%s was compiled for Java %d as it was started from its source, and the target"
            + " has Java %d: start it with java --source %d, or let the target have a newer Java";

    private static final long CACHED_BYTES = 16 << 20;
    private static final String SOURCE_LAUNCHER = "MemoryClassLoader";

    final int id;
    private final WeakReference<ClassLoader> loader;
    private final boolean fromSource;
    private final Source source;
    private final Set<String> packages = ConcurrentHashMap.newKeySet();
    private final Map<String, ClassFile> cache = new LinkedHashMap<>(64, 0.75f, true);
    private long cachedBytes;

    Application(int id, ClassLoader loader, Source source) {
        this.id = id;
        this.loader = new WeakReference<>(loader);
        this.source = source;
        fromSource = loader.getClass().getName().endsWith(SOURCE_LAUNCHER);
    }

    boolean is(ClassLoader other) {
        return loader.refersTo(other);
    }

    boolean isGone() {
        return loader.refersTo(null);
    }

    /** The class for a version of Java, or {@code null}; it may need a later one. */
    @Nullable
    ClassFile find(String name, int feature) throws IOException {
        ClassFile known = cached(name);
        if (known == null) {
            known = cached(name + "@" + feature);
        }
        if (known != null) {
            return known;
        }
        Source.Found found = read(name.replace('.', '/') + ".class", feature);
        if (found == null) {
            return null;
        }
        ClassFile file = ClassFile.of(id, name, found.bytes(), found.anyVersion());
        cache(found.anyVersion() ? name : name + "@" + feature, file);
        return file;
    }

    Source.@Nullable Found read(String path, int feature) throws IOException {
        ClassLoader current = loader.get();
        return current == null ? null : source.read(current, path, feature);
    }

    /** Notes that a class left, so that what its package holds may, too. */
    void forwarded(String className) {
        int dot = className.lastIndexOf('.');
        if (dot > 0) {
            packages.add(className.substring(0, dot));
        }
    }

    Set<String> packages() {
        return packages;
    }

    /** What to tell a target whose Java is too old for the class. */
    String tooNew(ClassFile file, int feature) {
        return (fromSource ? TOO_NEW_SOURCE : TOO_NEW)
                .formatted(file.name(), Bytecode.feature(file.bytes()), feature, feature);
    }

    int remembered() {
        synchronized (cache) {
            return cache.size();
        }
    }

    private @Nullable ClassFile cached(String key) {
        synchronized (cache) {
            return cache.get(key);
        }
    }

    private void cache(String key, ClassFile file) {
        synchronized (cache) {
            if (cache.put(key, file) == null) {
                cachedBytes += file.bytes().length;
            }
            var oldest = cache.values().iterator();
            while (cachedBytes > CACHED_BYTES && oldest.hasNext()) {
                cachedBytes -= oldest.next().bytes().length;
                oldest.remove();
            }
        }
    }
}
