package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** Contexts end when the controller does, or can't be reached any more, whatever they are doing. */
@NeedsContainers
class NothingIsLeftIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Notices a silent link soon, and leaves little time to what runs. */
    private static final ContextOptions IMPATIENT = ContextOptions.builder()
            .heartbeat(Duration.ofMillis(500))
            .grace(Duration.ofSeconds(1))
            .build();

    @TempDir
    Path directory;

    @AutoClose
    Host host;

    @BeforeEach
    void startAHost() throws Exception {
        host = Hosts.jre().readOnly().start(ClientKeys.generate(directory));
    }

    @Test
    void afterTheControllerIsKilledWhileItFollowsAFile() throws Exception {
        host.exec("sh", "-c", "umask 0; echo the first line >/dev/shm/log");
        try (DemoJar demo = DemoJar.start("context", "tail", DemoJar.spec(host, "java8", ""), "/dev/shm/log")) {
            demo.awaitOutput("the first line");
            host.exec("sh", "-c", "echo the second line >>/dev/shm/log");
            demo.awaitOutput("the second line");
            assertThat(host.processes("java8")).contains("econtext:").contains(":" + demo.pid() + " ");
            demo.kill();
        }
        awaitNoProcessOf("java8");
    }

    @Test
    void afterTheControllerIsKilledWhileAProgramRunsThatIgnoresSignals() throws Exception {
        try (DemoJar demo = DemoJar.start(
                "context",
                "exec",
                DemoJar.spec(host, "java25", "&grace=1s"),
                "--",
                "sh",
                "-c",
                "trap '' HUP INT TERM; echo it runs; while :; do sleep 1; done")) {
            demo.awaitOutput("it runs");
            demo.kill();
        }
        awaitNoProcessOf("java25");
    }

    @Test
    void afterTheHostWasUnreachable() throws Exception {
        assertLost(client -> client.disconnectFromNetworkCmd()
                .withNetworkId("bridge")
                .withContainerId(host.containerId())
                .withForce(true)
                .exec());
        awaitNoProcessOf("java17");
    }

    @Test
    void afterTheHostStoodStill() throws Exception {
        assertLost(client -> client.pauseContainerCmd(host.containerId()).exec());
        DockerClientFactory.lazyClient().unpauseContainerCmd(host.containerId()).exec();
        awaitNoProcessOf("java17");
    }

    private interface Fault {
        void happen(DockerClient client);
    }

    /** Has a context do what ignores interrupts, lets the fault happen, and sees it reported as lost. */
    private void assertLost(Fault fault) throws Exception {
        try (Broker broker = Broker.create()) {
            RemoteContext context =
                    broker.connect(host.as("java17").with(IMPATIENT).build());
            CompletableFuture<Integer> call = context.callAsync(OnTarget::spin);
            context.ping();
            fault.happen(DockerClientFactory.lazyClient());
            assertThat(call)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            ContextLostException.class,
                            lost -> assertThat(lost).hasMessageContaining("127.0.0.1 is lost"));
        }
    }

    private void awaitNoProcessOf(String user) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(host.processes(user)).isEmpty());
    }
}
