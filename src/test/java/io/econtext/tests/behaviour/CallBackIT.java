package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.broker.InProcess;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.LocalSshd;
import io.econtext.tests.hosts.NeedsSshd;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that call back: how they get there, what keeps them from it, and how they end. */
@ExtendWith(NothingLeftBehind.AfterEveryTest.class)
class CallBackIT {
    private static final String HERE = "127.0.0.1";

    private static ConnectBack.Builder back() {
        return back(Behaviour.PATIENT);
    }

    private static ConnectBack.Builder back(ContextOptions options) {
        return ConnectBack.through(Local.process().with(options)).to(HERE, 0).listeningOn(HERE, 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theStreamsThatItWasStartedByAreClosed() {
        try (Here here = new Here()) {
            RemoteContext context = here.broker.connect(back().build());
            assertThat(context.call(There::isOpen, 3)).as("its stdin").isFalse();
            assertThat(context.call(There::isOpen, 4)).as("its stdout").isFalse();
            assertThat(context.call(There::isOpen, 5)).as("its stderr").isTrue();
            assertThat(context.address()).isEqualTo("local:?connect-back=127.0.0.1:0");
            assertThat(context.via()).isNull();
            assertThat(here.broker.refusedCallBacks()).isZero();
        }
    }

    @Test
    void itStartsChildrenAndTheirsIsItsConnection() {
        try (Here here = new Here()) {
            RemoteContext parent = here.broker.connect(back().build());
            RemoteContext child = parent.connect(Local.process().with(Behaviour.PATIENT));
            assertThat(child.call(There::name)).isEqualTo(child.name());
            parent.close();
            assertThat(child.state()).isEqualTo(ContextState.CLOSED);
        }
    }

    @Test
    void whatItLogsWhileItMovesArrivesInOrder() {
        ContextOptions talkative = Behaviour.PATIENT.toBuilder()
                .jvmOptions("-Xlog:class+load:stdout:uptimenanos")
                .build();
        try (Here here = new Here()) {
            RemoteContext context = here.broker.connect(back(talkative).build());
            context.call(There::name);
            assertThat(here.broker.counters("local").droppedLogLines()).isZero();
            context.close();
            List<Long> times = here.printed.of("stdout").stream()
                    .filter(line -> line.startsWith("["))
                    .map(line -> Long.parseLong(line.substring(1, line.indexOf("ns]"))))
                    .toList();
            assertThat(times).hasSizeGreaterThan(1000).isSorted();
        }
    }

    @Test
    void manyCallBackAtOnceByOneListener() {
        try (Here here = new Here()) {
            List<CompletableFuture<RemoteContext>> connecting = IntStream.range(0, 8)
                    .mapToObj(i ->
                            here.broker.connectAsync(back().named("back" + i).build()))
                    .toList();
            for (int i = 0; i < connecting.size(); i++) {
                assertThat(connecting.get(i).join().call(There::name)).isEqualTo("back" + i);
            }
            assertThat(here.broker.refusedCallBacks()).isZero();
        }
    }

    @Test
    @NeedsSshd
    void itOutlivesTheSessionThatItWasStartedBy(@TempDir Path directory) throws Exception {
        try (Here here = new Here();
                LocalSshd sshd = LocalSshd.start(ClientKeys.generate(directory))) {
            Way ssh = sshd.as(sshd.user()).with(Behaviour.PATIENT).build();
            RemoteContext context = here.broker.connect(
                    ConnectBack.through(ssh).to(HERE, 0).listeningOn(HERE, 0).build());
            ProcessHandle process = ProcessHandle.of(context.info().pid()).orElseThrow();
            List<ProcessHandle> session = sshd.process()
                    .descendants()
                    .filter(each -> !each.equals(process))
                    .toList();
            session.forEach(ProcessHandle::destroyForcibly);
            session.forEach(each -> each.onExit().join());
            assertThat(context.call(There::isOpen, 3)).isFalse();
            assertThat(context.call(There::isOpen, 4)).isFalse();
            assertThat(here.events.statesOf(context.name())).endsWith(ContextState.CONNECTED);
            context.close();
            Behaviour.await().until(() -> !process.isAlive());
        }
    }

    @Test
    @NeedsSshd
    void theEndOfTheConnectionIsTheEndOfTheContext(@TempDir Path directory) throws Exception {
        int port = freePort();
        try (Here here = new Here();
                LocalSshd sshd = LocalSshd.start(ClientKeys.generate(directory));
                Detour detour = Detour.to(port)) {
            // by ssh, as nobody can end that process from here
            Way ssh = sshd.as(sshd.user()).with(Behaviour.PATIENT).build();
            RemoteContext context = here.broker.connect(ConnectBack.through(ssh)
                    .to(HERE, detour.port())
                    .listeningOn(HERE, port)
                    .build());
            ProcessHandle process = ProcessHandle.of(context.info().pid()).orElseThrow();
            CompletableFuture<Void> call = context.runAsync(There::rest);
            Behaviour.await().until(() -> context.call(There::isResting));
            detour.cut();
            assertThat(call)
                    .failsWithin(Behaviour.PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ContextLostException.class)
                    .withMessageContaining("connection");
            assertThat(context.state()).isEqualTo(ContextState.LOST);
            Behaviour.await().until(() -> !process.isAlive());

            assertThat(context.call(There::name)).as("with a new token").isEqualTo(context.name());
        }
    }

    @Test
    void aConnectionThatIsSilentIsLostOnBothSides() throws Exception {
        int port = freePort();
        ContextOptions impatient = Behaviour.PATIENT.toBuilder()
                .heartbeat(Duration.ofMillis(200))
                .grace(Duration.ofMillis(200))
                .build();
        try (Here here = new Here();
                Detour detour = Detour.to(port)) {
            RemoteContext context =
                    here.broker.connect(ConnectBack.through(Local.process().with(impatient))
                            .to(HERE, detour.port())
                            .listeningOn(HERE, port)
                            .build());
            ProcessHandle process = ProcessHandle.of(context.info().pid()).orElseThrow();
            CompletableFuture<Void> call = context.runAsync(There::rest);
            detour.block();
            assertThat(call)
                    .failsWithin(Behaviour.PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ContextLostException.class)
                    .withMessageContaining("no sign of life");
            Behaviour.await().until(() -> !process.isAlive());
        }
    }

    @Test
    void afterTheControllerWasKilledNothingIsLeft(@TempDir Path directory) throws Exception {
        Process controller = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Controller.class.getName())
                .redirectError(directory.resolve("err").toFile())
                .start();
        try (BufferedReader out = controller.inputReader()) {
            ProcessHandle context =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(context.isAlive()).isTrue();
            controller.destroyForcibly();
            Behaviour.await().until(() -> !context.isAlive());
        } finally {
            controller.destroyForcibly().waitFor();
        }
    }

    @Test
    void aControllerThatCannotBeReachedIsAFailureThatSaysSo() throws Exception {
        int nobody = freePort();
        assertThat(failureOf(back().to(HERE, nobody).listeningOn(HERE, 0), ConnectFailedException.Refused.class))
                .hasMessageContaining("127.0.0.1 port " + nobody + " can't be reached from there")
                .hasMessageContaining("Connection refused");
        assertThat(failureOf(
                        back().to("nowhere.invalid", 0).listeningOn(HERE, 0), ConnectFailedException.UnknownHost.class))
                .hasMessageContaining("can't resolve the controller's name nowhere.invalid");
    }

    @Test
    void anotherCertificateIsNotBelieved() throws Exception {
        int port = freePort();
        try (Here other = new Here()) {
            other.broker.connect(back().to(HERE, port).listeningOn(HERE, port).build());
            assertThat(failureOf(
                            back().to(HERE, port).listeningOn(HERE, 0), ConnectFailedException.HostKeyChanged.class))
                    .hasMessageContaining("its certificate is another");
        }
    }

    @Test
    void whatIsNoControllerIsNotBelieved() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes());
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // What it sends is of no interest.
                }
            });
            thread.start();
            assertThat(failureOf(
                            back().to(HERE, server.getLocalPort()).listeningOn(HERE, 0),
                            ConnectFailedException.Refused.class))
                    .hasMessageContaining("did not answer there as the controller does");
            thread.join();
        }
    }

    @Test
    void fromAnotherAddressItIsRefused() {
        try (Here here = new Here()) {
            assertThat(failureOf(here, back().from("192.0.2.1"), ConnectFailedException.AuthenticationFailed.class))
                    .hasMessageContaining("its token came from 127.0.0.1, and is expected from 192.0.2.1");
            assertThat(here.broker.refusedCallBacks()).isEqualTo(1);
        }
    }

    @Test
    void tooLateItIsRefused() {
        try (Here here = new Here()) {
            assertThat(failureOf(
                            here,
                            back().tokenLifetime(Duration.ofMillis(1)),
                            ConnectFailedException.AuthenticationFailed.class,
                            ConnectFailedException.TimedOut.class))
                    .isNotNull();
            assertThat(here.broker.contexts()).isEmpty();
        }
    }

    @Test
    void whatTheControllerDoesNotStartItselfCannotCallIt() {
        try (Here here = new Here()) {
            RemoteContext parent = here.broker.connect(Local.process().with(Behaviour.PATIENT));
            assertThatThrownBy(() -> parent.connect(back().named("child").build()))
                    .isInstanceOf(ConnectFailedException.Misconfigured.class)
                    .hasMessageContaining("can be used from the controller only");
            assertThatThrownBy(() -> here.broker.connect(
                            ConnectBack.through(InProcess.context()).to(HERE, 0).build()))
                    .isInstanceOf(ConnectFailedException.Misconfigured.class);
        }
    }

    @Test
    void noSecretIsShown() throws IOException {
        try (Here here = new Here()) {
            RemoteContext context = here.broker.connect(back().build());
            assertThat(context.call(There::commandLine)).doesNotContain("back").doesNotContain(HERE);
        }
    }

    private static ConnectFailedException failureOf(
            ConnectBack.Builder way, Class<? extends ConnectFailedException> type) {
        try (Here here = new Here()) {
            return failureOf(here, way, type);
        }
    }

    @SafeVarargs
    private static ConnectFailedException failureOf(
            Here here, ConnectBack.Builder way, Class<? extends ConnectFailedException>... oneOf) {
        ConnectFailedException failure =
                catchThrowableOfType(ConnectFailedException.class, () -> here.broker.connect(way.build()));
        assertThat(failure).isOfAnyClassIn(oneOf);
        return failure;
    }

    /** A controller to be killed: prints its context's process id. */
    static final class Controller {
        public static void main(String[] arguments) throws Exception {
            ContextOptions options = ContextOptions.builder()
                    .grace(Duration.ofMillis(500))
                    .heartbeat(Duration.ofSeconds(1))
                    .build();
            try (Broker broker = Broker.create()) {
                RemoteContext context = broker.connect(back(options).build());
                System.out.println(context.info().pid());
                context.run(There::rest);
            }
        }
    }

    /** Runs in the context. */
    static final class There {
        private static final CountDownLatch NEVER = new CountDownLatch(1);
        private static volatile boolean resting;

        static boolean isOpen(int descriptor) {
            return new File("/proc/self/fd/" + descriptor).exists();
        }

        static String name() {
            return Econtext.current().name();
        }

        static void rest() throws InterruptedException {
            resting = true;
            NEVER.await();
        }

        static boolean isResting() {
            return resting;
        }

        static String commandLine() throws IOException {
            return Files.readString(Path.of("/proc/self/cmdline"));
        }
    }
}
