package io.econtext.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Floods, each longer than the controller's memory: what it holds of them stays within its limits. */
class HostileFloodIT {
    private static final long KIB = 1024;
    /** What one context may have under way: 16 MiB of queued lines, as much of answers that it doesn't read, and a rest. */
    private static final long LIMIT = 40 * KIB;

    @Test
    void noFloodTakesMoreMemoryThanItsLimit() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FloodedController.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (BufferedReader out = process.inputReader()) {
            lines = out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
        List<String> held =
                lines.stream().filter(line -> line.contains("KiB held by")).toList();
        assertThat(held).as(String.join("\n", lines)).hasSize(Flood.all().size());
        assertThat(held)
                .allSatisfy(line -> assertThat(Long.parseLong(line.split(" ", 2)[0]))
                        .as(line)
                        .isLessThan(LIMIT));
        assertThat(process.waitFor()).isZero();
    }
}
