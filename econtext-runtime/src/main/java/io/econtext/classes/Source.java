package io.econtext.classes;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    /** Of all resources with one path. */
    private static final int LONGEST_TOGETHER = 32 << 20;

    private static final String END_OF_JAR = "!/";
    private static final String JDK = "jrt";

    /** By their URLs; there are as many as the class path has jars. */
    private final Map<String, Jar> jars = new ConcurrentHashMap<>();

    /**
     * What was found.
     *
     * @param folder whether it isn't in a jar of its own: in a class folder, or a fat jar's
     * @param anyVersion whether it is the same for every version of Java
     * @param jar {@code null} if it is in none
     */
    record Found(
            byte[] bytes,
            boolean folder,
            boolean anyVersion,
            @Nullable Jar jar) {}

    /**
     * @param feature the version of Java that it is for
     * @return {@code null} if there is none
     */
    @Nullable
    Found read(ClassLoader loader, String path, int feature) throws IOException {
        URL url = loader.getResource(path);
        if (url == null || isJdk(url)) {
            // Loaders that make classes themselves may have nothing but a stream for them.
            try (InputStream in = url == null ? loader.getResourceAsStream(path) : null) {
                return in == null ? null : new Found(bounded(in, path), true, true, null);
            }
        }
        return read(url, loader, path, feature);
    }

    /** All with that path, in the order of the class path. */
    List<Found> readAll(ClassLoader loader, String path, int feature) throws IOException {
        List<Found> all = new ArrayList<>();
        int bytes = 0;
        for (URL url : Collections.list(loader.getResources(path))) {
            Found found = isJdk(url) ? null : read(url, null, path, feature);
            if (found != null) {
                bytes += found.bytes().length;
                if (bytes > LONGEST_TOGETHER) {
                    throw new TooLong("all " + path + " together are longer than 32 MiB: send them by a channel");
                }
                all.add(found);
            }
        }
        if (all.isEmpty()) {
            Found only = read(loader, path, feature);
            return only == null ? List.of() : List.of(only);
        }
        return all;
    }

    private static boolean isJdk(URL url) {
        return url.getProtocol().equals(JDK);
    }

    /** @param loader may be quicker than the URL, if that is of the first with that path; else {@code null} */
    private @Nullable Found read(URL url, @Nullable ClassLoader loader, String path, int feature) throws IOException {
        String place = url.toString();
        boolean folder = !place.startsWith("jar:") || Listing.isFolderInJar(place);
        int end = place.lastIndexOf(END_OF_JAR);
        Jar jar = end < 0 ? null : jar(place.substring(0, end), url);
        if (jar != null && jar.isVersioned(path)) {
            byte[] bytes = versioned(url, path, jar.versions(feature));
            return bytes == null ? null : new Found(bytes, folder, false, folder ? null : jar);
        }
        try (InputStream in = loader == null ? open(url, path) : loader.getResourceAsStream(path)) {
            return in == null ? null : new Found(bounded(in, path), folder, true, folder ? null : jar);
        }
    }

    private static InputStream open(URL url, String path) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        InputStream in = connection.getInputStream();
        if (connection.getContentLengthLong() > LONGEST) {
            in.close();
            throw tooLong(path);
        }
        return in;
    }

    private Jar jar(String place, URL url) throws IOException {
        Jar known = jars.get(place);
        if (known == null) {
            known = Jar.of(url);
            jars.put(place, known);
        }
        return known;
    }

    private static byte @Nullable [] versioned(URL url, String path, Iterable<Integer> versions) throws IOException {
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        try (JarFile file = connection.getJarFile()) {
            JarEntry entry = null;
            for (int version : versions) {
                entry = entry == null ? file.getJarEntry(Jar.VERSIONS + version + "/" + path) : entry;
            }
            if (entry == null) {
                // asked by name, the jar would give the entry for this controller's own version
                Optional<JarEntry> base =
                        file.stream().filter(e -> e.getName().equals(path)).findFirst();
                if (base.isEmpty()) {
                    return null; // it is there for later versions only
                }
                entry = base.get();
            }
            if (entry.getSize() > LONGEST) {
                throw tooLong(path);
            }
            try (InputStream in = file.getInputStream(entry)) {
                return bounded(in, path);
            }
        }
    }

    private static byte[] bounded(InputStream in, String path) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw tooLong(path);
        }
        return bytes;
    }

    private static TooLong tooLong(String path) {
        return new TooLong(path + " is longer than 16 MiB: send it by a channel");
    }

    /** It is there, and no answer could carry it. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(String message) {
            super(message);
        }
    }
}
