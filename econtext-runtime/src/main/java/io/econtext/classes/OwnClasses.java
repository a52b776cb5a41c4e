package io.econtext.classes;

import io.econtext.core.Boot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/** The classes of econtext's own that travel to targets. Stateless. */
final class OwnClasses {
    private static final String CORE = "io.econtext.core.";

    private OwnClasses() {}

    /** The class file without debug information, or {@code null}. */
    static byte[] find(String name) {
        byte[] bytes = read(name);
        return bytes == null ? null : Bytecode.withoutDebug(bytes);
    }

    /** The class file with nothing that isn't needed to run it. */
    static byte[] lean(String name) {
        return Bytecode.lean(read(name), false);
    }

    private static byte[] read(String name) {
        try (InputStream in = Boot.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class and all classes of the core that it needs, by name. */
    static Map<String, byte[]> core(String root) {
        Map<String, byte[]> found = new TreeMap<>();
        ArrayDeque<String> open = new ArrayDeque<>();
        open.add(root);
        String name;
        while ((name = open.poll()) != null) {
            if (name.startsWith(CORE) && !found.containsKey(name)) {
                byte[] bytes = Bytecode.lean(read(name), true);
                found.put(name, bytes);
                open.addAll(Bytecode.references(bytes));
            }
        }
        return found;
    }
}
