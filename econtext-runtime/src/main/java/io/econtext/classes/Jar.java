package io.econtext.classes;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be known of a jar: its name, what its manifest says of packages, what differs by version. Immutable. */
final class Jar {
    static final String VERSIONS = "META-INF/versions/";

    /** From 9 on, as the JDK has it. */
    private static final Pattern VERSIONED = Pattern.compile(VERSIONS + "(9|[1-9][0-9]{1,3})/(.+)");

    private static final List<Attributes.Name> ABOUT = List.of(
            Attributes.Name.SPECIFICATION_TITLE,
            Attributes.Name.SPECIFICATION_VERSION,
            Attributes.Name.SPECIFICATION_VENDOR,
            Attributes.Name.IMPLEMENTATION_TITLE,
            Attributes.Name.IMPLEMENTATION_VERSION,
            Attributes.Name.IMPLEMENTATION_VENDOR);
    private static final int LONGEST_TEXT = 1000;

    private final String name;
    private final Set<String> versioned = new HashSet<>();
    private final NavigableSet<Integer> versions = new TreeSet<>();
    /** By the path of a package with a slash behind it; nothing for all that have no section of their own. */
    private final Map<String, Attributes> sections = new HashMap<>();

    private Jar(String name) {
        this.name = name;
    }

    /** @param url of anything in it */
    static Jar of(URL url) throws IOException {
        String place = url.toString();
        place = place.substring(0, Math.max(0, place.lastIndexOf("!/")));
        Jar jar = new Jar(place.substring(place.lastIndexOf('/') + 1));
        if (url.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile file = connection.getJarFile()) {
                jar.read(file);
            }
        }
        return jar;
    }

    private void read(JarFile file) throws IOException {
        Manifest manifest = file.getManifest();
        if (manifest == null) {
            return;
        }
        sections.put("", manifest.getMainAttributes());
        manifest.getEntries().forEach((path, attributes) -> {
            if (path.endsWith("/")) {
                sections.put(path, attributes);
            }
        });
        if (file.isMultiRelease()) {
            file.stream().map(JarEntry::getName).forEach(this::addVersioned);
        }
    }

    private void addVersioned(String entry) {
        Matcher matcher = VERSIONED.matcher(entry);
        if (matcher.matches()) {
            versions.add(Integer.valueOf(matcher.group(1)));
            versioned.add(matcher.group(2));
        }
    }

    /** Its file's name, without where that is. */
    String name() {
        return name;
    }

    /** Whether there is one for some versions of Java only, or a different one. */
    boolean isVersioned(String path) {
        return versioned.contains(path);
    }

    /** All that something is there for, up to {@code feature}, the latest first. */
    Iterable<Integer> versions(int feature) {
        return versions.headSet(feature, true).descendingSet();
    }

    boolean isSealed(String packageName) {
        return "true".equalsIgnoreCase(value(packageName, Attributes.Name.SEALED));
    }

    /** Title, version and vendor of a package's specification, and of its implementation; empty where none is given. */
    List<String> about(String packageName) {
        return ABOUT.stream().map(each -> value(packageName, each)).toList();
    }

    private String value(String packageName, Attributes.Name key) {
        for (String section : Arrays.asList(packageName.replace('.', '/') + "/", "")) {
            Attributes attributes = sections.get(section);
            String value = attributes == null ? null : attributes.getValue(key);
            if (value != null) {
                return value.substring(0, Math.min(LONGEST_TEXT, value.length()));
            }
        }
        return "";
    }
}
