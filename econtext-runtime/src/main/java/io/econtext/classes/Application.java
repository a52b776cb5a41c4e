package io.econtext.classes;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** No Java has a later version; targets may make up any. */
    private static final int LAST_VERSION = 200;

    private static final String SOURCE_LAUNCHER = "MemoryClassLoader";

    final int id;
    private final WeakReference<ClassLoader> loader;
    private final boolean fromSource;
    private final Source source;
    private final Set<String> packages = ConcurrentHashMap.newKeySet();
    private final Map<String, ClassFile> cache = new LinkedHashMap<>(64, 0.75f, true);
    private long cachedBytes;
    private final Set<String> keptBack = ConcurrentHashMap.newKeySet();
    private final Map<String, Optional<Entry>> digests = new ConcurrentHashMap<>();
    private final Object listed = new Object();
    /** {@code null} until it was read. */
    private volatile @Nullable Optional<Listing> listing;

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
        String versioned = name + "@" + Math.min(feature, LAST_VERSION);
        ClassFile known = cached(name);
        if (known == null) {
            known = cached(versioned);
        }
        if (known != null) {
            return known;
        }
        String path = path(name);
        Source.Found found = read(path, feature);
        if (found == null || !Bytecode.name(found.bytes()).equals(name)) {
            return null; // file systems may find it by a name with other capitals
        }
        ClassFile file = ClassFile.of(id, name, found.bytes(), found.anyVersion(), found.jar());
        cache(found.anyVersion() ? name : versioned, file);
        Listing places = knownListing();
        if (places != null && !places.has(path)) {
            cannotBeListed();
        }
        return file;
    }

    Source.@Nullable Found read(String path, int feature) throws IOException {
        ClassLoader current = loader.get();
        return current == null ? null : source.read(current, path, feature);
    }

    List<Source.Found> readAll(String path, int feature) throws IOException {
        ClassLoader current = loader.get();
        return current == null ? List.of() : source.readAll(current, path, feature);
    }

    /** What its places hold, read when that is first asked for; {@code null} if that can't be told. */
    @Nullable
    Listing listing() {
        Optional<Listing> known = listing;
        if (known == null) {
            synchronized (listed) {
                known = listing;
                ClassLoader current = loader.get();
                if (known == null) {
                    known = current == null ? Optional.empty() : Listing.of(current);
                    listing = known;
                    if (known.isPresent() && !hasAllFound(known.get())) {
                        known = Optional.empty();
                        cannotBeListed();
                    }
                }
            }
        }
        return known.orElse(null);
    }

    private boolean hasAllFound(Listing all) {
        List<ClassFile> files;
        synchronized (cache) {
            files = List.copyOf(cache.values());
        }
        return files.stream().allMatch(file -> all.has(path(file.name())));
    }

    private static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** As {@link #listing}, but {@code null} while that was never read. */
    @Nullable
    Listing knownListing() {
        Optional<Listing> known = listing;
        return known == null ? null : known.orElse(null);
    }

    /** What a target is told of a directory; {@code null} if nothing can be said. */
    @Nullable
    Entry digest(Listing of, String directory, boolean resources, Policy policy) throws IOException {
        String name = resources ? "/" + directory : directory;
        Optional<Entry> known = digests.get(name);
        if (known == null) {
            known = Optional.ofNullable(Digests.of(this, of, directory, resources, policy));
            // not of what targets make up, nor of what changes
            if (of.hasDirectory(directory) && (known.isEmpty() || !of.isInFolder(directory))) {
                digests.put(name, known);
            }
        }
        return known.orElse(null);
    }

    /** It has something that its places don't hold: they say nothing of what it has not. */
    void cannotBeListed() {
        listing = Optional.empty();
    }

    /** Notes that a class of a package left, so that what its package holds may, too. */
    void forwarded(String packageName) {
        if (!packageName.isEmpty() && packages.add(packageName)) {
            // there may be something to be said now
            digests.values().removeIf(Optional::isEmpty);
        }
    }

    /** Notes that a class or resource is too long to go ahead of a call. */
    void keepBack(Entry entry) {
        keptBack.add(entry.name());
    }

    /** Whether it waits until it is asked for. */
    boolean isKeptBack(String name) {
        return keptBack.contains(name);
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
