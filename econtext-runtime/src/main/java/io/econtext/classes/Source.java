package io.econtext.classes;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads class files and resources as a class loader sees them: in folders, jars, jars within jars, and the memory of the
 * source launcher. Nothing is ever loaded. Safe for use by several threads.
 */
final class Source {
    private static final int LONGEST = 16 << 20;
    private static final String VERSIONS = "META-INF/versions/";
    private static final int FIRST_VERSIONED = 9;
    private static final String END_OF_JAR = "!/";
    private static final String JDK = "jrt";

    /** Whether the jar whose URL is the key is a multi-release one. There are as many as the class path has jars. */
    private final Map<String, Boolean> multiRelease = new ConcurrentHashMap<>();

    /**
     * What was found.
     *
     * @param folder whether it isn't in a jar of its own: in a class folder, or a fat jar's
     * @param anyVersion whether it is the same for every version of Java
     */
    record Found(byte[] bytes, boolean folder, boolean anyVersion) {}

    /**
     * @param feature the version of Java that it is for
     * @return {@code null} if there is none
     */
    @Nullable
    Found read(ClassLoader loader, String path, int feature) throws IOException {
        URL url = loader.getResource(path);
        if (url != null && url.getProtocol().equals(JDK)) {
            return null;
        }
        if (url == null) {
            // Loaders that make classes themselves may have nothing but a stream for them.
            try (InputStream in = loader.getResourceAsStream(path)) {
                return in == null ? null : new Found(bounded(in, path), true, true);
            }
        }
        String place = url.toString();
        boolean jar = place.startsWith("jar:")
                && !place.contains("/BOOT-INF/classes")
                && !place.contains("!BOOT-INF/classes");
        int end = place.lastIndexOf(END_OF_JAR);
        if (end > 0 && multiRelease.computeIfAbsent(place.substring(0, end), key -> isMultiRelease(url))) {
            return new Found(versioned(url, path, feature), !jar, false);
        }
        try (InputStream in = loader.getResourceAsStream(path)) {
            return in == null ? null : new Found(bounded(in, path), !jar, true);
        }
    }

    private static boolean isMultiRelease(URL url) {
        try {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar) {
                jar.setUseCaches(false);
                try (JarFile file = jar.getJarFile()) {
                    return file.isMultiRelease();
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] versioned(URL url, String path, int feature) throws IOException {
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        try (JarFile file = connection.getJarFile()) {
            JarEntry entry = null;
            for (int version = feature; entry == null && version >= FIRST_VERSIONED; version--) {
                entry = file.getJarEntry(VERSIONS + version + "/" + path);
            }
            if (entry == null) {
                // asked by name, the jar would give the entry for this controller's own version
                Optional<JarEntry> base =
                        file.stream().filter(e -> e.getName().equals(path)).findFirst();
                entry = base.orElseThrow(() -> new IOException(path + " is only there for later versions of Java"));
            }
            try (InputStream in = file.getInputStream(entry)) {
                return bounded(in, path);
            }
        }
    }

    private static byte[] bounded(InputStream in, String path) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new IOException(path + " is longer than " + LONGEST + " bytes");
        }
        return bytes;
    }
}
