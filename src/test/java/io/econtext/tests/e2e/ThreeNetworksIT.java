package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.Su;
import io.econtext.Sudo;
import io.econtext.broker.Broker;
import io.econtext.broker.ContextCounters;
import io.econtext.tests.e2e.DemoJar.Outcome;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three networks in a row: this machine reaches the first host only, that one the second, and only the second the third. */
@NeedsContainers
class ThreeNetworksIT {
    private static final int CLASSES = 150;
    /** For the start of a context, three calls with the names of all classes, and the frames of ssh and TCP. */
    private static final long A_FEW_CALLS = 48 << 10;

    private static final long ALL_CLASSES = 3 * A_FEW_CALLS;

    private static final ContextOptions PATIENT = ContextOptions.builder()
            .connectTimeout(Duration.ofSeconds(90))
            .callTimeout(Duration.ofSeconds(90))
            .build();

    @TempDir
    static Path directory;

    @AutoClose
    static Host third;

    @AutoClose
    static Host second;

    @AutoClose
    static Host first;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startTheHosts() throws Exception {
        first = Hosts.users().start(ClientKeys.generate(directory));
        second = Hosts.users().behind(first, "second").start(first.keys());
        third = Hosts.users().behind(second, "third").start(first.keys());
        first.giveKeyTo("root", second, "second");
        second.giveKeyTo("root", third, "third");
    }

    private RemoteContext onFirst() {
        RemoteContext user =
                broker.connect(first.as("asker").named("first").with(PATIENT).build());
        return user.connect(Sudo.to("root")
                .password(Secret.of(Hosts.PASSWORD))
                .with(PATIENT)
                .build());
    }

    private static RemoteContext onSecond(RemoteContext root) {
        return root.connect(ssh("asker", "second"));
    }

    private static Su su() {
        return Su.to("root")
                .password(Secret.of(Hosts.ROOT_PASSWORD))
                .with(PATIENT)
                .build();
    }

    private static Ssh ssh(String user, String host) {
        return Ssh.to(user + "@" + host).agent(false).named(host).with(PATIENT).build();
    }

    @Test
    void eachHostIsKnownToItsNeighbourOnly() throws Exception {
        assertThatThrownBy(() -> broker.connect(ssh("free", "second")))
                .isInstanceOf(ConnectFailedException.UnknownHost.class);
        assertThatThrownBy(() -> onFirst().connect(ssh("free", "third")))
                .isInstanceOf(ConnectFailedException.UnknownHost.class);
        String address = third.exec("hostname", "-i").strip();
        assertThatThrownBy(() -> first.exec("timeout", "2", "bash", "-c", "cat </dev/tcp/" + address + "/22"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aCallRunsOnTheLastAndClassesCrossEachLinkOnce() throws Exception {
        RemoteContext second = onSecond(onFirst());
        RemoteContext root = second.connect(su());
        RemoteContext other = second.connect(
                Su.to("free").password(Secret.of(Hosts.PASSWORD)).with(PATIENT).build());
        RemoteContext last = root.connect(ssh("free", "third"));
        List<String> names = Classes.ofSpring(CLASSES);

        long before = ThreeNetworksIT.second.received();
        assertThat(last.call(OnTarget::census, names)).satisfies(census -> {
            assertThat(census.user()).isEqualTo("free");
            assertThat(census.host()).isEqualTo(third.exec("hostname").strip());
            assertThat(census.forwarded()).isEqualTo(CLASSES);
        });
        assertThat(root.call(OnTarget::census, names).user()).isEqualTo("root");

        long requests = sum(ContextCounters::classRequests);
        long forwarded = sum(ContextCounters::classesForwarded);
        long link = ThreeNetworksIT.second.received();
        assertThat(forwarded).isGreaterThanOrEqualTo(CLASSES);
        assertThat(link - before).as("bytes with classes").isGreaterThan(ALL_CLASSES);
        for (RemoteContext context : List.of(other, second, last.connect(su()))) {
            assertThat(context.call(OnTarget::census, names).forwarded()).isEqualTo(CLASSES);
        }
        assertThat(sum(ContextCounters::classesForwarded)).isEqualTo(forwarded);
        assertThat(sum(ContextCounters::classRequests)).isEqualTo(requests);
        assertThat(ThreeNetworksIT.second.received() - link)
                .as("bytes over the link to the second host")
                .isLessThan(A_FEW_CALLS);
    }

    @Test
    void keysStayHereWhereSshIsTunnelled() throws Exception {
        RemoteContext gate =
                broker.connect(first.as("asker").named("first").with(PATIENT).build());
        assertThatThrownBy(() -> gate.connect(ssh("asker", "second")))
                .isInstanceOf(ConnectFailedException.HostKeyUnknown.class);
        RemoteContext inner = gate.connect(tunnelled("asker", second, "second"));
        RemoteContext last = inner.connect(tunnelled("free", third, "third"));
        assertThat(last.call(OnTarget::census, Classes.ofSpring(CLASSES))).satisfies(census -> {
            assertThat(census.user()).isEqualTo("free");
            assertThat(census.host()).isEqualTo(third.exec("hostname").strip());
            assertThat(census.forwarded()).isEqualTo(CLASSES);
        });
        for (RemoteContext onTheWay : List.of(gate, inner)) {
            assertThat(onTheWay.exec("sh", "-c", "ls -A ~/.ssh; env").out())
                    .doesNotContain("id_", "known_hosts", "SSH_AUTH_SOCK");
        }
    }

    private static Ssh tunnelled(String user, Host host, String name) throws IOException {
        return Ssh.to(user + "@" + name)
                .identity(host.keys().plain().toString())
                .knownHostsFile(host.knownHosts(name).toString())
                .agent(false)
                .configFile("")
                .tunnelled(true)
                .with(PATIENT)
                .build();
    }

    @Test
    void theShellShowsWhatATunnelLeadsThrough() throws Exception {
        Outcome tree = DemoJar.run(
                "context",
                "tree",
                "ssh://free@second?via=gate&tunnelled=true&config=&agent=false&identity="
                        + first.keys().plain() + "&known-hosts=" + second.knownHosts("second"),
                "--econtext.defaults.connect-timeout=90s",
                "--econtext.contexts.gate.spec=" + DemoJar.spec(first, "asker", ""));
        assertThat(tree.status()).as(tree.err()).isZero();
        List<String> lines =
                tree.out().lines().filter(line -> line.contains("CONNECTED")).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("gate ");
        assertThat(lines.get(1)).contains("second ", "ssh://free@second");
        assertThat(lines.get(1).indexOf("second ")).isGreaterThan(lines.get(0).indexOf("gate "));
    }

    private long sum(ToLongFunction<ContextCounters> counter) {
        return broker.contexts().stream()
                .map(RemoteContext::name)
                .map(broker::counters)
                .mapToLong(counter)
                .sum();
    }

    @Test
    void theShellShowsTheTree() throws Exception {
        Map<String, String> passwords = Map.of("OWN", Hosts.PASSWORD, "ROOTS", Hosts.ROOT_PASSWORD);
        Outcome tree = DemoJar.run(
                passwords,
                "context",
                "tree",
                "bottom",
                "--econtext.defaults.connect-timeout=90s",
                "--econtext.contexts.gate.method=ssh",
                "--econtext.contexts.gate.host=127.0.0.1",
                "--econtext.contexts.gate.port=" + first.port(),
                "--econtext.contexts.gate.user=asker",
                "--econtext.contexts.gate.identity=" + first.keys().plain(),
                "--econtext.contexts.gate.known-hosts=" + first.knownHosts(),
                "--econtext.contexts.gate.agent=false",
                "--econtext.contexts.admin.method=sudo",
                "--econtext.contexts.admin.user=root",
                "--econtext.contexts.admin.via=gate",
                "--econtext.contexts.admin.password=${OWN}",
                "--econtext.contexts.inner.method=ssh",
                "--econtext.contexts.inner.host=second",
                "--econtext.contexts.inner.user=asker",
                "--econtext.contexts.inner.via=admin",
                "--econtext.contexts.deep.method=su",
                "--econtext.contexts.deep.user=root",
                "--econtext.contexts.deep.via=inner",
                "--econtext.contexts.deep.password=${ROOTS}",
                "--econtext.contexts.bottom.method=ssh",
                "--econtext.contexts.bottom.host=third",
                "--econtext.contexts.bottom.user=free",
                "--econtext.contexts.bottom.via=deep");
        assertThat(tree.status()).as(tree.err()).isZero();
        assertThat(tree.out()).contains("controller");
        List<String> lines =
                tree.out().lines().filter(line -> line.contains("CONNECTED")).toList();
        assertThat(lines).hasSize(5);
        List<String> names = List.of("gate", "admin", "inner", "deep", "bottom");
        for (int i = 0; i < names.size(); i++) {
            assertThat(lines.get(i)).contains(names.get(i) + " ", " 17.");
            if (i > 0) {
                assertThat(lines.get(i).indexOf(names.get(i)))
                        .isGreaterThan(lines.get(i - 1).indexOf(names.get(i - 1)));
            }
        }
    }
}
