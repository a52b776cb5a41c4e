package io.econtext.classes;

import io.econtext.core.Boot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Econtext's own classes that travel to targets: all of its bootstrap module. Safe for use by several threads. */
final class OwnClasses {
    static final int LOADER = 0;
    private static final String CORE = "io.econtext.core.";
    private static final Pattern NAMES =
            Pattern.compile("io\\.econtext\\.((core|channel|types|parent|levels|call|load)\\.)?[\\p{L}\\p{N}_$]+");

    /** There are as many as the bootstrap has classes, and no more: others aren't kept. */
    private final Map<String, ClassFile> known;
    /** Whether it has all but those of the core. */
    private final boolean complete;

    OwnClasses(Map<String, ClassFile> built) {
        known = new ConcurrentHashMap<>(built);
        complete = !built.isEmpty();
    }

    /** Whether a class of that name would be econtext's own, as all in its packages are. */
    static boolean isOwn(String name) {
        return NAMES.matcher(name).matches();
    }

    /** Whether every context has it. */
    static boolean isCore(String name) {
        return name.startsWith(CORE);
    }

    /** The class without debug information, or {@code null}. */
    @Nullable
    ClassFile find(String name) {
        if (!isOwn(name)) {
            return null;
        }
        if (complete && !isCore(name)) {
            return known.get(name);
        }
        return known.computeIfAbsent(
                name,
                key -> withoutDebug(key)
                        .map(bytes -> ClassFile.of(LOADER, name, bytes, true, null))
                        .orElse(null));
    }

    /** The class file, of whatever package of the bootstrap module. */
    static Optional<byte[]> withoutDebug(String name) {
        return read(name).map(Bytecode::withoutDebug);
    }

    int remembered() {
        return known.size();
    }

    /** The class file with nothing that isn't needed to run it. */
    static byte[] lean(String name) {
        return Bytecode.lean(read(name).orElseThrow(), false);
    }

    /** The class and all classes of the core that it needs, by name, as {@link Packer} takes them. */
    static Map<String, byte[]> core(String root) {
        Map<String, byte[]> found = new TreeMap<>();
        ArrayDeque<String> open = new ArrayDeque<>();
        open.add(root);
        String name;
        while ((name = open.poll()) != null) {
            if (isCore(name) && !found.containsKey(name)) {
                byte[] bytes = Bytecode.lean(read(name).orElseThrow(), true);
                found.put(name, bytes);
                open.addAll(Bytecode.references(bytes));
            }
        }
        return found;
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in = Boot.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
