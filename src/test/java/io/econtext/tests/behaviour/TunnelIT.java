package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ConnectFailedException.Died;
import io.econtext.ConnectFailedException.HostKeyUnknown;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.ContextLostException;
import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Ssh;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.LocalSshd;
import io.econtext.tests.hosts.NeedsSshd;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ssh by the controller, over connections that another context opens. */
@NeedsSshd
@ExtendWith(NothingLeftBehind.class)
class TunnelIT {
    private static final int MUCH = 8 << 20;

    @TempDir
    static Path directory;

    private static LocalSshd sshd;
    private static Here here;
    private static RemoteContext inner;

    @BeforeAll
    static void start() throws Exception {
        sshd = LocalSshd.start(ClientKeys.generate(directory));
        here = new Here();
        inner = here.broker.connect(Local.process().named("inner").with(Behaviour.PATIENT));
    }

    @AfterAll
    static void stop() {
        here.close();
        sshd.close();
    }

    private static Ssh.Builder to(String name) {
        return sshd.as(sshd.user()).named(name).tunnelled(true).with(Behaviour.PATIENT);
    }

    private static RemoteContext another(String name) {
        return here.broker.connect(Local.process().named(name).with(Behaviour.PATIENT));
    }

    /** A host that is probed all the time. */
    private static Ssh by(Detour detour) throws Exception {
        String key = Files.readString(sshd.knownHosts()).split(" ", 2)[1];
        Path known = Files.writeString(directory.resolve("known"), "[127.0.0.1]:" + detour.port() + " " + key);
        Path config = Files.writeString(
                directory.resolve("config"), "Host *\n ServerAliveInterval 1\n ServerAliveCountMax 1\n");
        return to("host")
                .port(detour.port())
                .knownHostsFile(known.toString())
                .configFile(config.toString())
                .build();
    }

    private static void awaitNoRelay(RemoteContext context) {
        Behaviour.await()
                .untilAsserted(() -> assertThat(context.call(There::relays)).isZero());
    }

    @Test
    void itsLinkIsTheControllersOwnAndItStandsBelowTheContextOnTheWay() {
        RemoteContext host = inner.connect(to("host").build());
        assertThat(host.name()).isEqualTo("inner/host");
        assertThat(host.via()).isSameAs(inner);
        assertThat(host.call(There::parent)).isZero();
        assertThat(inner.call(There::relays)).isPositive();
        host.close();
        assertThat(host.state()).isEqualTo(ContextState.CLOSED);
        assertThat(inner.state()).isEqualTo(ContextState.CONNECTED);
    }

    @Test
    void manyBytesPassBothWays() {
        byte[] bytes = new byte[MUCH];
        new Random(1).nextBytes(bytes);
        RemoteContext host = inner.connect(to("much").build());
        assertThat(host.call(There::same, bytes)).isEqualTo(bytes);
        host.close();
    }

    @Test
    void aTunnelCanLeadThroughATunnel() {
        RemoteContext first = inner.connect(to("first").build());
        RemoteContext second = first.connect(to("second").build());
        assertThat(second.call(There::same, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
        here.broker.remove(first.name());
        assertThat(second.state()).isEqualTo(ContextState.CLOSED);
    }

    @Test
    void whatTheContextOnTheWayMeetsIsTypedAndNamesIt() {
        assertThatThrownBy(() -> inner.connect(to("refused").port(9).build()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("through context 'inner': 127.0.0.1 port 9: Connection refused");
        assertThatThrownBy(() -> inner.connect(Ssh.to("no-such-host.invalid")
                        .configFile("")
                        .tunnelled(true)
                        .with(Behaviour.PATIENT)
                        .build()))
                .isInstanceOf(UnknownHost.class)
                .hasMessageContaining("through context 'inner': the name no-such-host.invalid can't be resolved there");
    }

    @Test
    void aHostThatSaysNothingIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ssh way = to("silent")
                    .port(silent.getLocalPort())
                    .with(Behaviour.PATIENT.toBuilder()
                            .connectTimeout(Duration.ofSeconds(2))
                            .build())
                    .build();
            RemoteContext patient = another("patient");
            assertThatThrownBy(() -> patient.connect(way)).isInstanceOf(TimedOut.class);
            awaitNoRelay(patient);
        }
    }

    @Test
    void theEndOfTheContextOnTheWayEndsTheStart() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RemoteContext doomed = another("gone");
            CompletableFuture<RemoteContext> host =
                    doomed.connectAsync(to("silent").port(silent.getLocalPort()).build());
            try (Socket accepted = silent.accept()) {
                ProcessHandle.of(doomed.info().pid()).orElseThrow().destroyForcibly();
                assertThat(host)
                        .failsWithin(Behaviour.PATIENCE)
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOf(Died.class)
                        .withMessageContaining("context 'gone' is gone");
                assertThat(accepted.getInputStream().skip(Long.MAX_VALUE)).isLessThan(1000);
            }
        }
    }

    @Test
    void theKnownHostsAreTheControllers() {
        assertThatThrownBy(() ->
                        inner.connect(to("unknown").knownHostsFile("/dev/null").build()))
                .isInstanceOf(HostKeyUnknown.class);
    }

    @Test
    void itEndsWithTheContextOnTheWayAndComesBackWithIt() {
        RemoteContext doomed =
                here.broker.connect(Local.process().named("doomed").with(Behaviour.PATIENT));
        RemoteContext host = doomed.connect(to("behind").build());
        CompletableFuture<Void> waiting = host.runAsync(There::await);
        ProcessHandle.of(doomed.info().pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(() -> waiting.get(Behaviour.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ContextLostException.class)
                .hasMessageContaining("context 'doomed' is gone");
        assertThat(host.call(There::parent)).isZero();
        assertThat(doomed.state()).isEqualTo(ContextState.CONNECTED);
        here.broker.remove("doomed");
    }

    @Test
    void aHostThatHangsUpIsLostAndNothingElse() throws Exception {
        try (Detour detour = Detour.to(sshd.port())) {
            RemoteContext onTheWay = another("cut");
            RemoteContext host = onTheWay.connect(by(detour));
            CompletableFuture<Void> waiting = host.runAsync(There::await);
            detour.cut();
            assertThatThrownBy(() -> waiting.get(Behaviour.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ContextLostException.class)
                    .hasMessageContaining("connection lost");
            awaitNoRelay(onTheWay);
        }
    }

    @Test
    void aHostThatTakesNothingAnyMoreKeepsNoConnection() throws Exception {
        try (Detour detour = Detour.to(sshd.port())) {
            RemoteContext onTheWay = another("blocked");
            RemoteContext host = onTheWay.connect(by(detour));
            detour.block();
            CompletableFuture<byte[]> stuck = host.callAsync(There::same, new byte[MUCH]);
            assertThat(onTheWay.call(There::same, new byte[MUCH])).hasSize(MUCH);
            assertThat(stuck).failsWithin(Behaviour.PATIENCE);
            awaitNoRelay(onTheWay);
        }
    }

    @Test
    void codeInAContextCanNotTunnel() {
        assertThatThrownBy(() -> Ssh.to("host").tunnelled(true).build().launch())
                .isInstanceOf(Misconfigured.class);
    }

    /** Runs in the contexts. */
    static final class There {
        static int parent() {
            return Econtext.current().parentId();
        }

        static byte[] same(byte[] bytes) {
            return bytes;
        }

        static int relays() {
            return (int) Arrays.stream(threads())
                    .filter(thread -> thread != null && thread.getName().startsWith("econtext-relay"))
                    .count();
        }

        private static Thread[] threads() {
            Thread[] threads = new Thread[2 * Thread.activeCount()];
            Thread.enumerate(threads);
            return threads;
        }

        static void await() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
