package io.econtext.parent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory that serves as the PATH of a target, so a test says which programs that has. Deleted when closed. */
final class Programs implements AutoCloseable {
    /** What no way can do without. */
    private static final List<String> NEEDED = List.of("sh", "dd", "cat", "wc", "id", "sleep", "rm", "true");

    /** Not the directory for temporary files, which some tests hide. */
    static final Path PLACE = Path.of("target").toAbsolutePath();

    private final Path directory;

    private Programs(Path directory) {
        this.directory = directory;
    }

    /** The programs that are always needed, and {@code more}; skips the test where this machine lacks one. */
    static Programs of(String... more) {
        try {
            Programs programs = new Programs(Files.createTempDirectory(PLACE, "programs"));
            for (String name : NEEDED) {
                programs.link(name, name);
            }
            for (String name : more) {
                programs.link(name, name);
            }
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a program of this machine is; skips the test where there is none. */
    static String required(String name) {
        // not the whole PATH: what a home directory adds may be a shim
        for (String place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            if (new File(place, name).canExecute()) {
                return place + "/" + name;
            }
        }
        assumeTrue(false, name + " is not installed");
        return null;
    }

    Programs link(String name, String target) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        Files.createSymbolicLink(directory.resolve(name), Path.of(required(target)));
        return this;
    }

    Programs script(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        file.toFile().setExecutable(true);
        return this;
    }

    String path() {
        return directory.toString();
    }

    @Override
    public void close() throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }
}
