package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.Opcodes;

/** Targets say which version of Java they have, and may say anything. */
class MadeUpVersionsTest {
    private static final int HIGHEST = 65_535;

    private final ForwardingClassServer server = new ForwardingClassServer();
    private final ClassServer.Sent sent = new ClassServer.Sent();

    @TempDir
    private Path directory;

    private URLClassLoader loader() throws IOException {
        Made made = new Made()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n")
                .withType("a.M")
                .with("a/text", "base")
                .with("META-INF/versions/11/a/M.class", Made.type(Opcodes.V1_8, "a.M", "eleven"))
                .with("META-INF/versions/11/a/text", "eleven");
        Path jar = Files.write(directory.resolve("multi.jar"), made.jar());
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private Got got(int id, String name, boolean resource, int feature) {
        return Got.of(server.find(new ClassServer.Request(id, name, resource, false, feature), sent));
    }

    @Test
    void aClassIsNotRememberedForEach() throws IOException {
        try (URLClassLoader loader = loader()) {
            int id = server.loaderId(loader);
            byte[] eleven = Made.type(Opcodes.V1_8, "a.M", "eleven");
            assertThat(got(id, "a.M", false, HIGHEST).entries()).containsEntry(id + "/a.M", eleven);
            int before = server.remembered();

            for (int feature = HIGHEST - 100; feature < HIGHEST; feature++) {
                assertThat(got(id, "a.M", false, feature).entries()).containsEntry(id + "/a.M", eleven);
            }

            assertThat(server.remembered()).isEqualTo(before);
        }
    }

    @Test
    void onlyThoseThatTheJarHasAreLookedFor() throws IOException {
        try (URLClassLoader loader = loader()) {
            int id = server.loaderId(loader);
            got(id, "a.M", false, HIGHEST);
            processorTime(id, 17);

            assertThat(processorTime(id, HIGHEST)).isLessThan(4 * processorTime(id, 17));
        }
    }

    private long processorTime(int id, int feature) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < 300; i++) {
            assertThat(got(id, "a/text", true, feature).entries()).hasSize(1);
        }
        return threads.getCurrentThreadCpuTime() - start;
    }
}
