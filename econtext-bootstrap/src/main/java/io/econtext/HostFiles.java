package io.econtext;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The small files by which a host tells about itself; one that can't be read is an empty one. Stateless. */
final class HostFiles {
    private final File root;

    /** @param root where the paths begin: {@code /}, except in tests */
    HostFiles(String root) {
        this.root = new File(root);
    }

    boolean exists(String path) {
        return new File(root, path).exists();
    }

    byte[] bytes(String path) {
        try {
            return Files.readAllBytes(new File(root, path).toPath());
        } catch (IOException e) {
            return new byte[0];
        }
    }

    List<String> lines(String path) {
        String text = new String(bytes(path), StandardCharsets.UTF_8);
        return text.isEmpty() ? Collections.<String>emptyList() : Arrays.asList(text.split("\n"));
    }

    /** Without blanks around it. */
    String firstLine(String path) {
        List<String> lines = lines(path);
        return lines.isEmpty() ? "" : lines.get(0).trim();
    }

    /** The paths of the files in a directory, in order. */
    List<String> filesIn(String directory) {
        String[] names = new File(root, directory).list();
        if (names == null) {
            return Collections.emptyList();
        }
        Arrays.sort(names);
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(directory + "/" + name);
        }
        return paths;
    }
}
