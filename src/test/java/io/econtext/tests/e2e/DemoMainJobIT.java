package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Exec;
import io.econtext.ExecCommand;
import io.econtext.ExecResult;
import io.econtext.Facts;
import io.econtext.HostFacts;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.tests.e2e.DemoJar.Outcome;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo does when it is started with hosts: its own bean, records and a library of its fat jar run there. */
@NeedsContainers
class DemoMainJobIT {

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @BeforeAll
    static void startAHost() throws Exception {
        host = Hosts.jre().readOnly().start(ClientKeys.generate(directory));
        host.exec("sh", "-c", "umask 0; echo 'the first line' >/dev/shm/log");
    }

    @Test
    void theFactsOfJava17And21And25AreShownAndThenTheFileIsFollowed() throws Exception {
        try (DemoJar demo = DemoJar.start(on(17), on(21), on(25), "--follow=/dev/shm/log")) {
            for (int java : new int[] {17, 21, 25}) {
                demo.awaitOutput("jre" + java + ": the first line");
                assertThat(demo.output().lines())
                        .filteredOn(line -> line.startsWith("jre" + java + " "))
                        .singleElement()
                        .asString()
                        .contains("Debian", " " + java + ".", "GiB free")
                        // made by a library that only the fat jar has
                        .containsPattern(" \\d+d \\d\\d:\\d\\d");
            }
            assertThat(demo.output()).startsWith("CONTEXT ");
        }
    }

    @Test
    void onJava8And11ItsClassesAreTooNewWhichTheFailureSays() throws Exception {
        Outcome outcome = DemoJar.run(on(8), on(11), on(17));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).contains("jre17 ").doesNotContain("jre8 ", "jre11 ");
        for (int java : new int[] {8, 11}) {
            assertThat(outcome.err().lines())
                    .filteredOn(line -> line.startsWith("jre" + java + ": "))
                    .singleElement()
                    .asString()
                    .contains("HostReport", "Java 17", "Java " + java);
        }
    }

    @Test
    void java8RunsWhatTakesAndReturnsTypesOfTheApi() throws Exception {
        try (Broker broker = Broker.create()) {
            RemoteContext context = broker.connect(host.as("java8").build());
            ExecResult result = context.call(
                    Exec::capture,
                    ExecCommand.shell("cat; echo $X >&2; exit 3")
                            .environment("X", "ü")
                            .input(new byte[] {'a', 0, (byte) 0xff}));
            assertThat(result.status()).isEqualTo(3);
            assertThat(result.outBytes()).containsExactly('a', 0, 0xff);
            assertThat(result.err()).isEqualTo("ü\n");
            HostFacts facts = context.call(Facts::gather);
            assertThat(facts.javaVersion()).startsWith("1.8.0");
            assertThat(facts.logins()).isEmpty();
        }
    }

    private static String on(int java) {
        return DemoJar.spec(host, "deploy", "&name=jre" + java + "&java=/opt/java/" + java + "/bin/java");
    }
}
