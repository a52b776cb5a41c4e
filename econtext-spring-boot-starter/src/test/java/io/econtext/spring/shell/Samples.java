package io.econtext.spring.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the tests call by name. */
final class Samples {

    private Samples() {}

    record Part(String name, Path path) {}

    static Map<String, Path> join(List<Integer> numbers, Part part) {
        return Map.of(numbers.toString(), part.path());
    }
}
