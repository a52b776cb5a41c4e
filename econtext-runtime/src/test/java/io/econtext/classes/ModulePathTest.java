package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program sees besides its class path is served, too, whatever is known of the class path. */
class ModulePathTest {
    @TempDir
    private Path directory;

    /** Does as it is told: {@code list}, {@code ahead} and a class, or {@code find} and a class. */
    static final class Program {
        private Program() {}

        public static void main(String[] steps) {
            ForwardingClassServer server = new ForwardingClassServer();
            int id = server.loaderId(ClassLoader.getSystemClassLoader());
            for (String step : steps) {
                String name = step.substring(step.indexOf(' ') + 1);
                ClassServer.Sent sent = new ClassServer.Sent();
                if (step.equals("list")) {
                    server.prepare(id);
                } else if (step.startsWith("ahead ")) {
                    server.ahead(new ClassServer.Need(id, "a#b", List.of(name), 17), sent);
                } else {
                    ClassServer.Request request = new ClassServer.Request(id, name, false, false, 17);
                    System.out.println(name + " " + server.find(request, sent).body()[0]);
                }
            }
        }
    }

    private static String run(List<String> options, String... steps) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.addAll(List.of(steps));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private String jar(String name, Made content) throws Exception {
        return Files.write(directory.resolve(name), content.jar()).toString();
    }

    @Test
    void aModulesClassesAreFound() throws Exception {
        Made module = new Made()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nAutomatic-Module-Name: acme\n\n")
                .withType("com.acme.App");
        String path = new File(jar("acme.jar", module)).getParent();

        assertThat(run(List.of("-p", path, "--add-modules", "acme"), "list", "find com.acme.App", "find com.acme.None"))
                .contains("com.acme.App " + Got.FOUND, "com.acme.None " + Got.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"list, ahead com.acme.App", "ahead com.acme.App, list"})
    void aBootClassPathsClassesAreFoundOnceOneWasSentAhead(String first, String second) throws Exception {
        String jar = jar("boot.jar", new Made().withType("com.acme.App").withType("com.acme.Other"));

        assertThat(run(
                        List.of("-Xbootclasspath/a:" + jar),
                        first,
                        second,
                        "find com.acme.App",
                        "find com.acme.Other",
                        "find com.acme.None"))
                .contains("com.acme.App " + Got.FOUND, "com.acme.Other " + Got.FOUND, "com.acme.None " + Got.ABSENT);
    }
}
