package io.econtext.classes;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of all that is on a class path, by directory: so what isn't there need not be looked for, here or there. Of
 * class loaders whose places are known only. Jars are read once, class folders each time, as they change. Immutable.
 */
final class Listing {
    /** Those that look nowhere but in what they are made of. */
    private static final Set<String> BY_URLS = Set.of(
            "java.net.URLClassLoader",
            "org.springframework.boot.loader.launch.LaunchedClassLoader",
            "org.springframework.boot.devtools.restart.classloader.RestartClassLoader");

    private static final String BY_CLASS_PATH = "jdk.internal.loader.ClassLoaders$AppClassLoader";
    private static final int MOST_PLACES = 5000;
    /** Of executable jars and wars, in the URLs of whatever reads them. */
    private static final Pattern CLASSES_IN_JAR = Pattern.compile("!/?(BOOT|WEB)-INF/classes[!/]");

    /** By path, with a slash behind it; empty for what is in no directory. */
    private final Map<String, List<Names>> directories = new HashMap<>();

    private final List<Path> folders = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    /**
     * What one place has in one directory.
     *
     * @param folder whether it is the application's own
     * @param lines simple names, each between line ends: one text takes less memory than many
     */
    private record Names(boolean folder, StringBuilder lines) {}

    private Listing() {}

    /** Nothing if what the loader sees can't be told. */
    static Optional<Listing> of(ClassLoader loader) {
        Listing listing = new Listing();
        try {
            for (ClassLoader at = loader;
                    at != null && at != ClassLoader.getPlatformClassLoader();
                    at = at.getParent()) {
                String type = at.getClass().getName();
                if (type.equals(BY_CLASS_PATH) && !hasModules(at)) {
                    for (String place :
                            System.getProperty("java.class.path", "").split(File.pathSeparator)) {
                        listing.add(Path.of(place).toUri().toURL());
                    }
                } else if (BY_URLS.contains(type)) {
                    for (URL place : ((URLClassLoader) at).getURLs()) {
                        listing.add(place);
                    }
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(listing);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it has some besides the JDK's. */
    private static boolean hasModules(ClassLoader loader) {
        return ModuleLayer.boot().configuration().modules().stream()
                .filter(module -> ModuleLayer.boot().findLoader(module.name()) == loader)
                .flatMap(module -> module.reference().location().stream())
                .anyMatch(place -> !"jrt".equals(place.getScheme()));
    }

    private void add(URL place) throws IOException {
        String text = place.toString();
        if (!places.add(text)) {
            return;
        }
        if (places.size() > MOST_PLACES) {
            throw new IOException("more places than can be listed");
        }
        if (!place.getProtocol().equals("file")) {
            URL root = text.startsWith("jar:") ? place : new URL("jar:" + text + "!/");
            addJar(root, isFolderInJar(text));
            return;
        }
        Path path = Path.of(URI.create(text));
        if (Files.isDirectory(path)) {
            folders.add(path);
        } else if (Files.exists(path)) {
            addJar(new URL("jar:" + text + "!/"), false);
        }
    }

    /** Whether what is there is the application's own, though it is in a jar. */
    static boolean isFolderInJar(String place) {
        return CLASSES_IN_JAR.matcher(place).find();
    }

    private void addJar(URL root, boolean folder) throws IOException {
        URLConnection connection = root.openConnection();
        if (!(connection instanceof JarURLConnection opened)) {
            throw new IOException(root + " is no jar");
        }
        connection.setUseCaches(false);
        try (JarFile file = opened.getJarFile()) {
            Map<String, Names> here = new HashMap<>();
            file.stream().forEach(entry -> {
                String path = entry.getName();
                add(here, path, folder);
                int slash = path.startsWith(Jar.VERSIONS) ? path.indexOf('/', Jar.VERSIONS.length()) : -1;
                if (slash > 0) {
                    add(here, path.substring(slash + 1), folder);
                }
            });
            put(here);
            addClassPath(root, file.getManifest());
        }
    }

    /** Jars may name others that belong to them. */
    private void addClassPath(URL root, Manifest manifest) throws IOException {
        String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (more != null && root.getPath().startsWith("file:")) {
            URL jar = new URL(root.getPath().substring(0, root.getPath().length() - 2));
            for (String place : more.trim().split(" +")) {
                add(new URL(jar, place));
            }
        }
    }

    private static void add(Map<String, Names> to, String path, boolean folder) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        int slash = path.lastIndexOf('/', end - 1);
        if (end > slash + 1) {
            to.computeIfAbsent(path.substring(0, slash + 1), any -> new Names(folder, new StringBuilder("\n")))
                    .lines()
                    .append(path, slash + 1, end)
                    .append('\n');
        }
    }

    private void put(Map<String, Names> names) {
        names.forEach((directory, here) -> {
            here.lines().trimToSize();
            directories.computeIfAbsent(directory, any -> new ArrayList<>(1)).add(here);
        });
    }

    static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Whether there may be something with that path. */
    boolean has(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (Names names : directories.getOrDefault(directory(path), List.of())) {
            if (names.lines().indexOf("\n" + name + "\n") >= 0) {
                return true;
            }
        }
        return inFolders(path).anyMatch(Files::exists);
    }

    boolean hasDirectory(String directory) {
        return directories.containsKey(directory) || isInFolder(directory);
    }

    /** Whether that may change. */
    boolean isInFolder(String directory) {
        return inFolders(directory).anyMatch(Files::isDirectory);
    }

    /** Nowhere where no file can have that name. */
    private Stream<Path> inFolders(String path) {
        try {
            return folders.stream().map(folder -> folder.resolve(path)).toList().stream();
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** Shows all that is in a directory. */
    void each(String directory, Visitor visitor) throws IOException {
        for (Path folder : inFolders(directory).filter(Files::isDirectory).toList()) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> visitor.visit(directory + file.getFileName(), true));
            }
        }
        for (Names names : directories.getOrDefault(directory, List.of())) {
            names.lines().toString().lines().skip(1).forEach(name -> visitor.visit(directory + name, names.folder()));
        }
    }

    /** Is shown what there is. */
    interface Visitor {
        void visit(String path, boolean folder);
    }
}
