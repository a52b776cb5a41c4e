package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.Docker;
import io.econtext.Podman;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts in a container of podman, which runs in a container of docker and has the same files. */
@NeedsContainers
class PodmanIT {
    private static final String RUN = """
            mkdir -p /srv/root && mount --bind / /srv/root
            podman --storage-driver=vfs --cgroup-manager=cgroupfs run -d --name box --hostname inside --uts private \
                --network=host --cgroups=disabled --rootfs /srv/root sleep 9999
            """;

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    private final RemoteContext first =
            broker.connect(Docker.container(host.containerId()).named("first").build());

    @BeforeAll
    static void startTheContainer() throws Exception {
        host = Hosts.podman().namespaces().start(ClientKeys.generate(directory));
        host.exec("sh", "-c", RUN);
    }

    @Test
    void aContextRunsInTheContainer() {
        RemoteContext box = first.connect(Podman.container("box").build());

        assertThat(box.exec("hostname").out()).isEqualTo("inside\n");
    }

    @Test
    void aContextRunsAsTheUserThatIsNamed() {
        RemoteContext box = first.connect(Podman.container("box").user("deploy").build());

        assertThat(box.exec("id", "-un").out()).isEqualTo("deploy\n");
    }

    @Test
    void whatCantBeUsedSaysWhy() throws Exception {
        assertFailure(UnknownHost.class, Podman.container("no-such-box").build());
        assertFailure(Misconfigured.class, Podman.container("box").user("nobdy").build());
        assertFailure(
                ToolMissing.class,
                Podman.container("box").program("/opt/podman").build());
        assertFailure(
                Refused.class, Podman.container("box").url("tcp://127.0.0.1:9").build());
        host.exec("sh", "-c", "podman create --name idle --network=host --rootfs /srv/root sleep 9");
        assertFailure(Refused.class, Podman.container("idle").build());
    }

    private void assertFailure(Class<? extends ConnectFailedException> type, Way way) {
        Failing.assertFailure(type, way, first::connect);
    }
}
