package io.econtext.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The demo as a newcomer starts it, on contexts of this machine. */
@ExtendWith(OutputCaptureExtension.class)
class DemoApplicationTest {

    @Test
    void withoutArgumentsItReportsTheConfiguredContext(CapturedOutput output) {
        assertThat(exitCode()).isZero();
        assertThat(output.getOut().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("CONTEXT"))
                .anySatisfy(line -> assertThat(line).startsWith("local").contains(System.getProperty("java.version")));
        assertThat(output.getErr())
                .contains("econtext.ctx.local." + HostReporter.class.getName() + ": reporting as local");
    }

    @Test
    void specificationsAreReportedInsteadAndOneThatFailsSaysWhy(CapturedOutput output) {
        assertThat(exitCode("local:?name=here", "local:?name=there&java=/no/such/java"))
                .isEqualTo(FactsJob.FAILED);
        assertThat(output.getOut().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("here "));
        assertThat(output.getErr()).contains("there: ").contains("/no/such/java");
    }

    @Test
    void oneContextStartsAnother(CapturedOutput output) {
        assertThat(exitCode("local:?name=inner&via=local:?name=outer")).isZero();
        assertThat(output.getOut().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("outer/inner "));
    }

    @Test
    void aMalformedSpecificationIsExplained(CapturedOutput output) {
        assertThat(exitCode("docker:box")).isEqualTo(FactsJob.USAGE);
        assertThat(output.getErr()).contains("'docker:' needs '//' and behind it the container");
    }

    @Test
    void commandsOfTheShellRunOnRealContexts(CapturedOutput output, @TempDir Path directory) throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, "one\ntwo\n");

        assertThat(exitCode("context", "exec", "local:", "--", "sh", "-c", "cat \"$1\"; exit 4", "sh", log.toString()))
                .isEqualTo(4);
        assertThat(output.getOut()).isEqualTo("one\ntwo\n");
        assertThat(exitCode("context", "call", "local", "java.lang.System#getProperty", "java.version"))
                .isZero();
        assertThat(output.getOut()).endsWith("\"" + System.getProperty("java.version") + "\"\n");
        assertThat(exitCode("context", "ping", "local", "--count=1")).isZero();
        assertThat(exitCode("context", "facts", "local", "--json")).isZero();
        assertThat(output.getOut()).contains("{\"local\":{\"host\":");
        assertThat(exitCode(
                        "context", "tail", "local", directory.resolve("absent").toString()))
                .isEqualTo(1);
        assertThat(output.getErr()).contains("absent");
    }

    @Test
    void theArgumentsSayWhatItIs() {
        assertThat(DemoApplication.profile("shell")).isEqualTo("shell");
        assertThat(DemoApplication.profile("context", "list")).isEqualTo("command");
        assertThat(DemoApplication.profile("ssh://web1", "--follow=/x")).isEqualTo(FactsJob.PROFILE);
        assertThat(DemoApplication.profile()).isEqualTo(FactsJob.PROFILE);
    }

    @Test
    void neitherHelpNorAnUnknownOptionRunsTheJob() {
        assertThat(DemoApplication.isHelp("--help")).isTrue();
        assertThat(DemoApplication.isHelp("-h")).isTrue();
        assertThat(DemoApplication.isHelp()).isFalse();
        for (String unknown : new String[] {"--folow=/x", "--follow", "-x", "--version"}) {
            assertThat(DemoApplication.problem("ssh://web1", unknown)).isEqualTo("unknown option '" + unknown + "'");
        }
        for (String known : new String[] {"--follow=/x", "--debug", "--spring.main.banner-mode=off", "local:"}) {
            assertThat(DemoApplication.problem(known)).isNull();
        }
        assertThat(DemoApplication.problem("context", "exec", "local:", "--", "ls", "-l"))
                .isNull();
    }

    @Test
    void theDoctorLooksAtAContextBehindAnotherAndAtAPlaceWithoutJava(CapturedOutput output) {
        assertThat(exitCode("context", "doctor", "local:?name=in&via=local:")).isZero();
        assertThat(output.getOut().lines())
                .allSatisfy(line -> assertThat(line).startsWith("ok  "))
                .anySatisfy(line -> assertThat(line).startsWith("ok  via       local-2 is up: "))
                .anySatisfy(line -> assertThat(line).startsWith("ok  start     Java "));
        assertThat(exitCode("context", "doctor", "local:?java=/no/such/java")).isEqualTo(FactsJob.FAILED);
        assertThat(output.getOut()).contains("!!  java      none was found");
    }

    @Test
    void theShellKnowsItsVersionAndItsCommands(CapturedOutput output) {
        assertThat(exitCode("version")).isZero();
        assertThat(output.getOut()).contains("0.1.0");
        assertThat(exitCode("context", "--help")).isZero();
        assertThat(output.getOut()).contains("context tree ").contains("Follow a file there");
        assertThat(exitCode("context", "tree", "local:?name=a", "local:?name=b&via=a"))
                .isZero();
        assertThat(output.getOut().lines())
                .anySatisfy(line -> assertThat(line).startsWith("controller  0 "))
                .anySatisfy(line -> assertThat(line).contains(" a   ").contains("CONNECTED"))
                .anySatisfy(line -> assertThat(line).contains(" b   ").contains("CONNECTED"));
        assertThat(exitCode("context", "lst")).isEqualTo(FactsJob.USAGE);
        assertThat(output.getErr()).contains("there is no command 'context lst'; there are:");
    }

    private static int exitCode(String... arguments) {
        return SpringApplication.exit(DemoApplication.start(arguments));
    }
}
