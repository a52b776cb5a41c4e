package io.econtext.parent;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** What this machine has for the tests: Javas, and a jar to boot. Functions only. */
final class Host {
    private Host() {}

    /** The launcher of the Java that runs the tests. */
    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    /** That one, and one of another version if there is any where Debian keeps them. */
    static List<String> javas() {
        List<String> javas = new ArrayList<>(List.of(java()));
        File other = new File("/usr/lib/jvm/temurin-25-jdk-amd64/bin/java");
        if (other.canExecute()) {
            javas.add(other.getPath());
        }
        return javas;
    }

    /** A boot jar with {@link Probe} in it. */
    static byte[] probeJar() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Probe.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Add-Opens"), "java.base/java.io");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String name : List.of("Probe", "Probe$Parked")) {
                jar.putNextEntry(new ZipEntry("io/econtext/parent/" + name + ".class"));
                try (InputStream in = Probe.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
