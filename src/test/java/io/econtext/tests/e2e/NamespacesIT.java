package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Chroot;
import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.Docker;
import io.econtext.Nsenter;
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

/** Contexts with another root directory by real chroot, and in another process's namespaces by real nsenter. */
@NeedsContainers
class NamespacesIT {
    private static final String SET_UP = """
            mkdir -p /srv/jail /srv/empty
            mount --rbind / /srv/jail
            mount -t tmpfs none /srv/jail/srv
            touch /srv/jail/srv/inside
            unshare --uts --mount sh -c 'hostname inside; exec sleep 9999' >/dev/null 2>&1 &
            """;

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    private final RemoteContext root =
            broker.connect(Docker.container(host.containerId()).named("host").build());

    @BeforeAll
    static void startTheHost() throws Exception {
        host = Hosts.users().namespaces().start(ClientKeys.generate(directory));
        host.exec("sh", "-c", SET_UP);
    }

    private static long sleeper() throws Exception {
        return Long.parseLong(host.exec("pgrep", "-f", "^sleep 9999").trim());
    }

    @Test
    void aContextHasAnotherRootDirectory() {
        RemoteContext jail = root.connect(Chroot.to("/srv/jail").build());

        assertThat(jail.exec("ls", "/srv").out()).isEqualTo("inside\n");
        assertThat(jail.exec("id", "-un").out()).isEqualTo("root\n");
    }

    @Test
    void aContextHasAnotherRootDirectoryAndUser() {
        RemoteContext jail =
                root.connect(Chroot.to("/srv/jail").user("deploy:deploy").build());

        assertThat(jail.exec("id", "-un").out()).isEqualTo("deploy\n");
    }

    @Test
    void whatChrootCantDoHasItsReason() {
        assertFailure(Misconfigured.class, root, Chroot.to("/srv/none").build());
        assertFailure(
                Misconfigured.class, root, Chroot.to("/srv/jail").user("nobdy").build());
        assertFailure(ToolMissing.class, root, Chroot.to("/srv/empty").build());
        assertFailure(
                ToolMissing.class,
                root,
                Chroot.to("/srv/jail").program("/opt/chroot").build());
    }

    @Test
    void aContextIsInTheNamespacesOfAnotherProcess() throws Exception {
        RemoteContext inside = root.connect(Nsenter.process(sleeper()).build());
        assertThat(inside.exec("hostname").out()).isEqualTo("inside\n");

        RemoteContext outside = root.connect(
                Nsenter.process(sleeper()).namespaces("net").named("outside").build());
        assertThat(outside.exec("hostname").out()).isNotEqualTo("inside\n");
    }

    @Test
    void whatNsenterCantDoHasItsReason() throws Exception {
        assertFailure(UnknownHost.class, root, Nsenter.process(4_000_000).build());
        assertFailure(
                ToolMissing.class,
                root,
                Nsenter.process(1).program("/opt/nsenter").build());
    }

    @Test
    void bothTakeRoot() throws Exception {
        RemoteContext deploy = broker.connect(Docker.container(host.containerId())
                .user("deploy")
                .named("deploy")
                .build());

        assertFailure(NotAllowed.class, deploy, Chroot.to("/srv/jail").build());
        assertFailure(NotAllowed.class, deploy, Nsenter.process(sleeper()).build());
    }

    private static void assertFailure(Class<? extends ConnectFailedException> type, RemoteContext from, Way way) {
        Failing.assertFailure(type, way, from::connect);
    }
}
