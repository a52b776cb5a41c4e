package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import io.econtext.CommandLine;
import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.Docker;
import io.econtext.RemoteContext;
import io.econtext.Su;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;

/** Contexts in real containers by the real docker client. */
@NeedsContainers
class DockerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startTheContainer() throws Exception {
        host = Hosts.users().start(ClientKeys.generate(directory));
    }

    private static Docker.Builder container() {
        return Docker.container(host.containerId()).named("container");
    }

    @Test
    void aContextRunsInTheContainer() {
        RemoteContext context = broker.connect(container().build());

        assertThat(context.exec("hostname").out().trim())
                .isEqualTo(host.containerId().substring(0, 12));
        assertThat(context.exec("id", "-un").out()).isEqualTo("root\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "65534:65534"})
    void aContextRunsAsTheUserThatIsNamed(String user) {
        RemoteContext context = broker.connect(container().user(user).build());

        assertThat(context.exec("id", "-u").out()).isNotEqualTo("0\n");
    }

    @Test
    void anotherUserIsOneStepFromThere() {
        Way csh = Su.to("csh").build();
        RemoteContext context = broker.connect(container().build()).connect(csh);

        assertThat(context.exec("id", "-un").out()).isEqualTo("csh\n");
    }

    @Test
    void nothingIsLeftInTheContainerWhenItIsClosedOrItsClientIsKilled() throws Exception {
        RemoteContext context = broker.connect(container().build());
        context.close();
        awaitNoContext();

        context.connect();
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("docker"))
                .forEach(ProcessHandle::destroyForcibly);
        awaitNoContext();
    }

    private static void awaitNoContext() {
        await().atMost(PATIENCE).until(() -> host.exec("ps", "ax", "-o", "args="), all -> !all.contains("econtext:"));
    }

    @Test
    void anUnknownContainerIsCalledThat() {
        assertFailure(UnknownHost.class, Docker.container("no-such-container").build());
    }

    @Test
    void anUnknownUserIsCalledThat() {
        assertFailure(Misconfigured.class, container().user("nobdy").build());
    }

    @Test
    void anEngineThatDoesNotAnswerIsCalledThat() {
        assertFailure(Refused.class, container().host("tcp://127.0.0.1:9").build());
    }

    @Test
    void whoMayNotUseTheEngineIsToldSo() {
        RemoteContext nobody = broker.connect(CommandLine.of("setpriv", "--reuid=65534", "--clear-groups")
                .named("nobody")
                .build());

        assertThat(catchThrowableOfType(
                        NotAllowed.class, () -> nobody.connect(container().build())))
                .hasMessageContaining("group of its socket");
    }

    @Test
    void aClientThatIsNotThereIsMissing() {
        assertFailure(ToolMissing.class, container().program("/opt/docker").build());
    }

    @Test
    void aContainerThatIsPausedStoppedOrHasNoShellSaysWhich() throws Exception {
        DockerClient client = DockerClientFactory.lazyClient();
        try (Host other = Hosts.users().start(host.keys())) {
            Way way = Docker.container(other.containerId()).named("other").build();
            client.pauseContainerCmd(other.containerId()).exec();
            assertFailure(Refused.class, way);
            client.unpauseContainerCmd(other.containerId()).exec();

            other.exec("mv", "/usr/bin/sh", "/usr/bin/no-sh");
            assertFailure(ToolMissing.class, way);

            client.killContainerCmd(other.containerId()).exec();
            await().atMost(PATIENCE).untilAsserted(() -> assertFailure(Refused.class, way));
        }
    }

    private void assertFailure(Class<? extends ConnectFailedException> type, Way way) {
        Failing.assertFailure(type, way, broker::connect);
    }
}
