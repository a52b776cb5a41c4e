package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.Local;
import io.econtext.broker.CallBackServer;
import io.econtext.broker.Transport;
import io.econtext.parent.BackLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may call back, and who may not. */
class CallBackListenersTest {
    private static final int CONTEXT = 7;
    private static final int HANDLE = 1234;
    private static final String HERE = "127.0.0.1";
    /** Of addresses that nobody has. */
    private static final String ELSEWHERE = "192.0.2.1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Strangers.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
        }
    };
    private final Told told = new Told();
    private CallBackListeners listeners = new CallBackListeners();

    @BeforeEach
    void listenToTheLog() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void close() {
        listeners.close();
        logger.detachAppender(appender);
    }

    private static ConnectBack.Builder way() {
        return ConnectBack.through(Local.process()).to(HERE, 0).listeningOn(HERE, 0);
    }

    private CallBackServer.Expected expect(ConnectBack.Builder way) {
        return listeners.expect(way.build(), CONTEXT, InetAddress.getLoopbackAddress(), told);
    }

    private static byte[] token(CallBackServer.Expected expected) {
        return BackCaller.token(expected.secrets());
    }

    private void awaitRefused(int times) {
        Awaitility.await().atMost(PATIENCE).until(() -> listeners.refused() == times);
    }

    @Test
    void whoShowsItsTokenIsTakenForTheContextAndHeardFromThere() throws Exception {
        CallBackServer.Expected expected = expect(way());
        try (BackCaller caller = BackCaller.connect(expected.port())) {
            assertThat(caller.pin()).isEqualTo(Arrays.copyOf(expected.secrets(), BackLink.PIN));
            assertThat(caller.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(BackLink.ACCEPTED);
            caller.out.writeLong(4711);
            CallBackServer.Connection connection = told.connection();
            assertThat(connection.handle()).isEqualTo(HANDLE);
            assertThat(connection.sent()).isEqualTo(4711);

            Recorder recorder = new Recorder();
            Transport transport = connection.open(recorder);
            CompletableFuture<Throwable> written = new CompletableFuture<>();
            transport.write(ByteBuffer.wrap("down".getBytes(StandardCharsets.UTF_8)), written::complete);
            assertThat(written.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
            assertThat(caller.in.readNBytes(4)).asString().isEqualTo("down");
            caller.out.writeBytes("up");
            caller.close();
            assertThat(recorder.awaitEnd()).isEqualTo(SocketTransport.CLOSED);
            assertThat(recorder.out()).isEqualTo("up");
        }
        assertThat(listeners.refused()).isZero();
        assertThat(logged).isEmpty();
    }

    @Test
    void aTokenCountsOnce() throws Exception {
        CallBackServer.Expected expected = expect(way());
        try (BackCaller first = BackCaller.connect(expected.port());
                BackCaller second = BackCaller.connect(expected.port())) {
            assertThat(first.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(BackLink.ACCEPTED);
            first.out.writeLong(0);
            told.connection();
            assertThat(second.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(-1);
            awaitRefused(1);
            first.out.writeBytes("the first goes on");
            Recorder recorder = new Recorder();
            told.connection().open(recorder);
            Awaitility.await().atMost(PATIENCE).until(() -> recorder.out().equals("the first goes on"));
        }
        awaitRefused(1);
        assertThat(logged).containsExactly("a call back from 127.0.0.1 was refused: " + Awaited.USED);
        assertThat(told.refused).as("it is up and goes on").isEmpty();
    }

    @Test
    void aTokenThatComesLateDoesNotCount() throws Exception {
        CallBackServer.Expected expected = expect(way().tokenLifetime(Duration.ofNanos(1)));
        try (BackCaller caller = BackCaller.connect(expected.port())) {
            assertThat(caller.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(-1);
            awaitRefused(1);
        }
        awaitRefused(1);
        assertThat(told.refused).containsExactly(Awaited.LATE);
        assertThat(logged).containsExactly("a call back from 127.0.0.1 was refused: " + Awaited.LATE);
    }

    @Test
    void aTokenThatIsNotWantedAnyMoreDoesNotCount() throws Exception {
        CallBackServer.Expected expected = expect(way());
        expected.close();
        try (BackCaller caller = BackCaller.connect(expected.port())) {
            assertThat(caller.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(-1);
            awaitRefused(1);
        }
        assertThat(logged).containsExactly("a call back from 127.0.0.1 was refused: " + Awaited.LATE);
    }

    @Test
    void aTokenFromAnotherAddressDoesNotCount() throws Exception {
        CallBackServer.Expected expected = expect(way().from(ELSEWHERE));
        try (BackCaller caller = BackCaller.connect(expected.port())) {
            assertThat(caller.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(-1);
            awaitRefused(1);
        }
        awaitRefused(1);
        assertThat(told.refused).containsExactly(Awaited.ELSEWHERE.formatted(HERE, ELSEWHERE));
        assertThat(logged).hasSize(1);
    }

    @Test
    void whereNobodyIsExpectedNothingIsEvenRead() throws Exception {
        listeners = new CallBackListeners(Duration.ofSeconds(10), Duration.ZERO);
        CallBackServer.Expected expected = expect(way());
        expected.close();
        assertThatThrownBy(() -> BackCaller.connect(expected.port())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BackCaller.connect(expected.port())).isInstanceOf(IOException.class);
        awaitRefused(2);
        assertThat(logged).containsExactly("a call back from 127.0.0.1 was refused: " + CallBackListener.NOBODY);
    }

    @Test
    void aFalseTokenUsesNothingUp() throws Exception {
        CallBackServer.Expected expected = expect(way());
        byte[] almost = token(expected);
        almost[almost.length - 1]++;
        try (BackCaller liar = BackCaller.connect(expected.port());
                BackCaller other = BackCaller.connect(expected.port());
                BackCaller stranger = BackCaller.connect(expected.port());
                BackCaller honest = BackCaller.connect(expected.port())) {
            assertThat(liar.greet(BackLink.VERSION, CONTEXT, almost, HANDLE)).isEqualTo(-1);
            assertThat(other.greet(BackLink.VERSION, CONTEXT + 1, token(expected), HANDLE))
                    .as("another context's")
                    .isEqualTo(-1);
            assertThat(stranger.greet(9, CONTEXT, token(expected), HANDLE))
                    .as("another version's")
                    .isEqualTo(-1);
            assertThat(honest.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                    .isEqualTo(BackLink.ACCEPTED);
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> logged.stream().anyMatch(line -> line.endsWith(CallBackListener.UNKNOWN)));
        assertThat(logged).doesNotHaveDuplicates();
    }

    @Test
    void garbageIsRefusedAndLoggedOnce() throws Exception {
        CallBackServer.Expected expected = expect(way());
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(HERE, expected.port())) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // Reset, as there was more to read.
            }
        }
        awaitRefused(20);
        assertThat(logged).hasSize(1).allMatch(line -> line.contains("it showed no token: "));
        assertThat(told.refused).isEmpty();
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        listeners = new CallBackListeners(Duration.ofMillis(200), PATIENCE);
        CallBackServer.Expected expected = expect(way());
        try (Socket silent = new Socket(HERE, expected.port());
                BackCaller halfway = BackCaller.connect(expected.port())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            halfway.out.write(BackLink.VERSION);
            assertThat(halfway.answer()).isEqualTo(-1);
        }
        awaitRefused(2);
        assertThat(logged).containsExactly("a call back from 127.0.0.1 was refused: " + CallBackListener.SLOW);
    }

    @Test
    void manyWhoSayNothingDoNotKeepOutAnHonestOne() throws Exception {
        listeners = new CallBackListeners(PATIENCE.multipliedBy(10), PATIENCE);
        CallBackServer.Expected expected = expect(way());
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CallBackListener.MAX_STRANGERS + 3; i++) {
                silent.add(new Socket(HERE, expected.port()));
            }
            try (BackCaller honest = BackCaller.connect(expected.port())) {
                assertThat(honest.greet(BackLink.VERSION, CONTEXT, token(expected), HANDLE))
                        .isEqualTo(BackLink.ACCEPTED);
            }
            assertThat(silent.get(0).getInputStream().read())
                    .as("the oldest went")
                    .isEqualTo(-1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void waysThatNameTheSameAddressShareItsListener() {
        CallBackServer.Expected one = expect(way());
        CallBackServer.Expected other = listeners.expect(way().build(), CONTEXT + 1, null, told);
        assertThat(other.port()).isEqualTo(one.port());
        assertThat(other.secrets()).isNotEqualTo(one.secrets());
        listeners.close();
        assertThatThrownBy(() -> new Socket(HERE, one.port())).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressThatCannotBeListenedOnIsAMisconfiguration() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            assertThatThrownBy(() -> expect(way().listeningOn(HERE, taken.getLocalPort())))
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        assertThatThrownBy(() -> expect(way().listeningOn(ELSEWHERE, 0)))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining(ELSEWHERE);
    }

    @Test
    void whatIsNotToBeResolvedIsAMisconfiguration() {
        assertThatThrownBy(() -> expect(way().from("nowhere.invalid")))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("nowhere.invalid");
    }

    @Test
    void theKeysOfTheUserAreShown() throws Exception {
        KeyStore store = TlsKeys.newStore();
        CallBackServer.Expected expected = expect(way().keys(store, null));
        byte[] certificate = store.getCertificate("econtext").getEncoded();
        try (BackCaller caller = BackCaller.connect(expected.port())) {
            assertThat(caller.pin())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(certificate))
                    .isEqualTo(Arrays.copyOf(expected.secrets(), BackLink.PIN));
        }
        assertThatThrownBy(() -> expect(way()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("with other keys");
    }

    @Test
    void keysThatLeaveAChoiceOrNoneAreAMisconfiguration() throws Exception {
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        assertThatThrownBy(() -> expect(way().keys(none, null)))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("exactly one");
    }

    @Test
    void keysThatAreNotThereAreAMisconfiguration() {
        assertThatThrownBy(() -> expect(way().keys(() -> {
                    throw new IllegalArgumentException("no such bundle");
                })))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("can't be used: no such bundle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CallBackListeners.CANNOT_LISTEN,
                CallBackListeners.OTHER_KEYS,
                CallBackListeners.NO_KEYS,
                Callers.UNKNOWN,
                Awaited.LATE
            })
    void whatCanBeWrongIsInTheDocs(String text) throws IOException {
        Path docs = Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "errors.md");

        assertThat(Files.readString(docs)).contains(text.replaceAll("%[sd]", "…") + " |");
    }

    /** Remembers what it was told. Safe for use by several threads. */
    private static final class Told implements CallBackServer.Events {
        final List<String> refused = new CopyOnWriteArrayList<>();
        private final CompletableFuture<CallBackServer.Connection> connection = new CompletableFuture<>();

        @Override
        public void calledBack(CallBackServer.Connection by) {
            connection.complete(by);
        }

        @Override
        public void refused(String why) {
            refused.add(why);
        }

        CallBackServer.Connection connection() throws Exception {
            return connection.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
