package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program started from its source has its classes in memory only. */
class SourceProgramTest {
    private static final String PROGRAM = """
            import io.econtext.broker.ClassServer;
            import io.econtext.classes.ForwardingClassServer;

            public class Install {
                record Helper(String text) {}

                static ClassServer.Request request(int id, String name, int feature) {
                    return new ClassServer.Request(id, name, false, false, feature);
                }

                public static void main(String[] arguments) {
                    ForwardingClassServer server = new ForwardingClassServer();
                    int id = server.loaderId(Install.class.getClassLoader());
                    for (String name : new String[] {"Install", "Install$Helper", "Install$None"}) {
                        var answer = server.find(request(id, name, Runtime.version().feature()), new ClassServer.Sent());
                        System.out.println(name + " " + answer.body()[0]);
                    }
                    System.out.println(new String(server.find(request(id, "Install", 8), new ClassServer.Sent()).body()));
                }
            }
            """;

    @TempDir
    private Path directory;

    static Stream<String> javas() {
        return ImageTest.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void itsClassesAreServed(String java) throws Exception {
        Path file = Files.writeString(directory.resolve("Install.java"), PROGRAM);
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        assertThat(said)
                .contains("Install " + Got.FOUND, "Install$Helper " + Got.FOUND, "Install$None " + Got.ABSENT)
                .contains("the target has Java 8: start it with java --source 8");
    }
}
