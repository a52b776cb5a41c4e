package io.econtext.classes;

import io.econtext.core.Text;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Econtext's own provider of SLF4J, which takes the place of an application's on targets; it is a part of each application
 * there, as is the SLF4J that it extends. Safe for use by several threads.
 */
final class LoggingBridge {
    private static final String PACKAGE = "io.econtext.logging.";
    private static final String SERVICE = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    private static final String PROVIDER = PACKAGE + "BridgeProvider";
    /** By the names that SLF4J 1.7 finds them under. */
    private static final Map<String, String> BINDERS = Map.of(
            "org.slf4j.impl.StaticLoggerBinder", PACKAGE + "StaticLoggerBinder",
            "org.slf4j.impl.StaticMDCBinder", PACKAGE + "StaticMDCBinder",
            "org.slf4j.impl.StaticMarkerBinder", PACKAGE + "StaticMarkerBinder");

    private static final Set<String> PATHS = Stream.concat(
                    Stream.of(SERVICE), BINDERS.keySet().stream().map(name -> name.replace('.', '/') + ".class"))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** The paths of what is answered, whether or not the application has the like. */
    static Set<String> paths() {
        return PATHS;
    }

    /** Whether a class of that name is a part of it. */
    static boolean has(String name) {
        return name.startsWith(PACKAGE) || BINDERS.containsKey(name);
    }

    /** The resource of that name if it is one that names a provider, or {@code null}. */
    static byte @Nullable [] resource(String name) {
        return name.equals(SERVICE) ? Text.bytes(PROVIDER) : null;
    }

    /** The class of that name if it is one of the bridge's, or {@code null}. */
    @Nullable
    ClassFile find(int application, String name) {
        String own = BINDERS.getOrDefault(name, name);
        if (!own.startsWith(PACKAGE)) {
            return null;
        }
        byte[] bytes = known.get(name);
        if (bytes == null) {
            bytes = OwnClasses.withoutDebug(own).orElse(null);
            if (bytes == null) {
                return null;
            }
            bytes = own.equals(name) ? bytes : Bytecode.renamed(bytes, own, name);
            known.put(name, bytes);
        }
        return ClassFile.of(application, name, bytes, true, null);
    }
}
