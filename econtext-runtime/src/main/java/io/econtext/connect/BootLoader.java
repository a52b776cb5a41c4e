package io.econtext.connect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Sees the JDK and, of econtext, what the boot jar brings to a context, though this JVM has it all: the rest is to come from
 * the controller. Safe for use by any thread.
 */
final class BootLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final Set<String> BOOT = Set.of("io.econtext.core.Boot", "io.econtext.core.Unpacker");

    BootLoader() {
        super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!BOOT.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = BootLoader.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
