package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.tests.e2e.DemoJar.Outcome;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell's commands from the fat jar, on a host where nothing can be written and nothing compiled. */
@NeedsContainers
class FatJarOnRealHostsIT {

    private static final List<Integer> JAVAS = List.of(8, 11, 17, 21, 25);

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @BeforeAll
    static void startAHostWithoutAnyWritableFolder() throws Exception {
        host = Hosts.jre().readOnly().noSharedMemory().start(ClientKeys.generate(directory));
    }

    @Test
    void theHostIsAsBareAsWeSay() throws Exception {
        for (String folder : List.of("/dev/shm", "/tmp", "/var/tmp", "/run", "/home/deploy")) {
            assertThatThrownBy(() -> host.exec("touch", folder + "/x")).hasMessageContaining("cannot touch");
        }
        assertThat(host.exec("sh", "-c", "ls /opt/java/*/bin")).contains("java").doesNotContain("javac");
    }

    @Test
    void factsOfEveryJavaAreGatheredInOneTable() throws Exception {
        List<String> words = new ArrayList<>(List.of("context", "facts"));
        for (int java : JAVAS) {
            words.add(on(java, "&name=jre" + java));
        }
        Outcome facts = DemoJar.run(words.toArray(String[]::new));
        assertThat(facts.status()).as(facts.err()).isZero();
        assertThat(facts.out()).contains("NAME", "SYSTEM", "MEMORY", "USERS");
        for (int java : JAVAS) {
            assertThat(facts.out().lines())
                    .filteredOn(line -> line.startsWith(on(java, "")))
                    .singleElement()
                    .asString()
                    .contains("Debian", java == 8 ? " 1.8.0_" : " " + java + ".");
        }
    }

    @Test
    void commandsRunOneAfterTheOtherAndThePsThereNamesUs() throws Exception {
        String context = "'" + on(8, "") + "'";
        Path script = Files.write(
                directory.resolve("commands"),
                List.of(
                        "context ping " + context + " --count=3",
                        "context call " + context + " java.lang.System#getProperty '\"java.version\"'",
                        "context exec " + context + " -- ps ax -o user,args",
                        "context exec " + context + " -- sh -c 'echo \"$0 a  b\"; echo err >&2; exit 7' ü中",
                        "context exec " + context + " -- echo not reached"));
        Outcome outcome = DemoJar.run("@" + script);
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(7);
        assertThat(outcome.out())
                .containsPattern("min \\d+\\.\\d{3} ms")
                .contains("\"1.8.0_")
                .containsPattern("deploy +econtext:[^ ]+@[^ ]+:\\d+ ")
                .contains("ü中 a  b\n")
                .doesNotContain("not reached");
        assertThat(outcome.err()).contains("err");
    }

    @Test
    void aProgramThatIsNotThereEndsAsInAShell() throws Exception {
        Outcome outcome = DemoJar.run("context", "exec", on(25, ""), "--", "no-such-program");
        assertThat(outcome.status()).isEqualTo(127);
        assertThat(outcome.err()).contains("no-such-program");
    }

    @Test
    void aHostThatRefusesUsIsAFailureThatSaysWhy() throws Exception {
        Outcome outcome = DemoJar.run("context", "facts", DemoJar.spec(host, "stranger", ""));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("stranger@127.0.0.1", "a password is required");
    }

    @Test
    void theDoctorLooksAtTheHostAndSaysThatJavaIsMissing() throws Exception {
        Outcome outcome =
                DemoJar.run("context", "doctor", DemoJar.spec(host, "deploy", "&java=/opt/java/none/bin/java"));
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.out().lines().map(line -> line.substring(0, 14).trim()))
                .containsExactly(
                        "ok  connect", "ok  login", "ok  shell", "ok  no disk", "!!  java", "ok  locale", "ok  memory");
        assertThat(outcome.err()).contains("1 of the steps above would stop it");
    }

    @Test
    void aContextBehindTheHostsStandsBelowItInTheTree() throws Exception {
        Outcome outcome = DemoJar.run(
                "context",
                "tree",
                "--json",
                "local:?name=inner&java=/opt/java/17/bin/java&via=" + on(8, "").replace("&", "%26"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("\"address\":\"ssh://deploy@127.0.0.1:")
                .containsPattern("\"children\":\\[\\{\"name\":\"127\\.0\\.0\\.1/inner\".*\"java\":\"17\\.");
    }

    private static String on(int java, String more) {
        return DemoJar.spec(host, "deploy", "&java=/opt/java/" + java + "/bin/java" + more);
    }
}
