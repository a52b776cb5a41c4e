package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.Ssh;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong before a command runs, each with its type, and the way through a jump host. */
@ExtendWith(Quiet.class)
class SshFailuresTest {
    private static final PasswordAuthenticator ANYBODY = (user, password, session) -> true;

    @TempDir
    Path mine;

    private final SshConnector connector = new SshConnector();

    @AfterEach
    void close() {
        connector.close();
    }

    private Recorder run(Ssh.Builder way) {
        Recorder recorder = new Recorder();
        connector.start(way.build(), "true", recorder);
        return recorder;
    }

    private ConnectFailedException fails(Ssh.Builder way) throws Exception {
        return run(way).awaitFailure();
    }

    private static Ssh.Builder to(String destination) {
        return Ssh.to(destination).agent(false).configFile("");
    }

    @Test
    void nameThatCanNotBeResolved() throws Exception {
        assertThat(fails(to("no..such.host")))
                .isInstanceOf(ConnectFailedException.UnknownHost.class)
                .hasMessageStartingWith("ssh://no..such.host: ")
                .hasMessageContaining("can't be resolved");
    }

    @Test
    void portThatNobodyListensOn() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(fails(to("127.0.0.1:" + port)))
                .isInstanceOf(ConnectFailedException.Refused.class)
                .hasMessageContaining("127.0.0.1 port " + port + ": Connection refused");
    }

    /** A host that says this to everyone and then does nothing more, or hangs up. */
    private ConnectFailedException meets(String words, boolean hangsUp, Ssh.Builder options) throws Exception {
        List<Socket> sockets = new CopyOnWriteArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread acceptor = new Thread(() -> {
                try {
                    while (true) {
                        Socket accepted = socket.accept();
                        sockets.add(accepted);
                        OutputStream out = accepted.getOutputStream();
                        out.write(words.getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        if (hangsUp) {
                            accepted.shutdownOutput();
                        }
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
            acceptor.start();
            ConnectFailedException failure = fails(options.port(socket.getLocalPort()));
            socket.close();
            acceptor.join();
            for (Socket each : sockets) {
                each.close();
            }
            return failure;
        }
    }

    @Test
    void hostThatSaysNothing() throws Exception {
        ContextOptions options =
                ContextOptions.builder().connectTimeout(Duration.ofMillis(1500)).build();
        assertThat(meets("", false, to("127.0.0.1").with(options)))
                .isInstanceOf(ConnectFailedException.TimedOut.class)
                .hasMessageContaining("not connected within 1500 ms: still ");
    }

    /** A queue of connections that is full lets Linux drop what comes next, as a firewall would. */
    @Test
    void hostThatDoesNotAnswerAtAll() throws Exception {
        ContextOptions options =
                ContextOptions.builder().connectTimeout(Duration.ofMillis(1500)).build();
        List<SocketChannel> others = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 5; i++) {
                SocketChannel other = SocketChannel.open();
                others.add(other);
                other.configureBlocking(false);
                other.connect(full.getLocalSocketAddress());
            }
            assertThat(fails(to("127.0.0.1:" + full.getLocalPort()).with(options)))
                    .isInstanceOf(ConnectFailedException.TimedOut.class)
                    .hasMessageContaining("not connected within 1500 ms: still connecting");
        } finally {
            for (SocketChannel other : others) {
                other.close();
            }
        }
    }

    @Test
    void limitOfTheConfigurationHolds() throws Exception {
        Path config = Files.writeString(mine.resolve("config"), "ConnectTimeout 1\n");
        assertThat(meets("", false, to("127.0.0.1").configFile(config.toString())))
                .isInstanceOf(ConnectFailedException.TimedOut.class)
                .hasMessageContaining("ConnectTimeout");
    }

    @Test
    void hostThatHangsUp() throws Exception {
        assertThat(meets("", true, to("127.0.0.1")))
                .isInstanceOf(ConnectFailedException.Died.class)
                .hasMessageContaining("failed while exchanging keys with the host: connection lost");
    }

    @Test
    void hostThatTellsWhyItHangsUp() throws Exception {
        ConnectFailedException failure = meets("Not allowed at this time\r\n", true, to("127.0.0.1"));
        assertThat(failure).isInstanceOf(ConnectFailedException.Died.class);
        assertThat(failure.lastLines()).containsExactly("Not allowed at this time");
    }

    @Test
    void hostThatSpeaksSomethingElse() throws Exception {
        assertThat(meets("SSH-1.5-old\r\n", false, to("127.0.0.1")))
                .isInstanceOf(ConnectFailedException.Died.class)
                .hasMessageContaining("SSH-1.5-old");
    }

    @Test
    void hostThatHasNoAlgorithmInCommon() throws Exception {
        try (FakeHost host = FakeHost.start(
                server -> server.setCipherFactories(List.of(org.apache.sshd.common.cipher.BuiltinCiphers.aes256cbc)))) {
            assertThat(fails(host.way(mine)))
                    .isInstanceOf(ConnectFailedException.Died.class)
                    .hasMessageContaining("aes256-cbc");
        }
    }

    @Test
    void hostThatEndsTheConnectionWithWords() throws Exception {
        try (FakeHost host = FakeHost.start(server -> server.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.KeyEstablished) {
                    try {
                        session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "closed for repairs");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }))) {
            assertThat(fails(host.way(mine)))
                    .isInstanceOf(ConnectFailedException.Died.class)
                    .hasMessageContaining("the host ended the connection: closed for repairs");
        }
    }

    @Test
    void hostThatRefusesAChannel() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(ANYBODY);
            server.setChannelFactories(
                    new ArrayList<>(List.of(org.apache.sshd.server.forward.DirectTcpipFactory.INSTANCE)));
        })) {
            assertThat(fails(host.way(mine).password(Secret.of("x"))))
                    .isInstanceOf(ConnectFailedException.Died.class)
                    .hasMessageContaining("the host refused a channel: ");
        }
    }

    @Test
    void hostThatRefusesTheCommand() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(ANYBODY);
            server.setCommandFactory(null);
        })) {
            assertThat(run(host.way(mine).password(Secret.of("x"))).awaitEnd())
                    .isEqualTo("the host refused to run the command");
        }
    }

    @Test
    void connectionThatEndsWithWordsWhileTheCommandRuns() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(ANYBODY);
            server.setCommandFactory((channel, command) -> new FakeHost.Endless());
        })) {
            Recorder recorder = run(host.way(mine).password(Secret.of("x"))).awaitStart();
            for (Session session : host.server().getActiveSessions()) {
                session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "shutting down");
            }
            assertThat(recorder.awaitEnd()).isEqualTo("the host ended the connection: shutting down");
        }
    }

    @Test
    void keysAreExchangedAnewWhileBytesFlow() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(ANYBODY);
            CoreModuleProperties.REKEY_BYTES_LIMIT.set(server, 256 * 1024L);
            server.setCommandFactory((channel, command) -> new FakeHost.Echo());
        })) {
            assertThat(FakeHost.echoed(
                            connector, host.way(mine).password(Secret.of("x")).build(), 8 * 1024 * 1024))
                    .isTrue();
        }
    }

    @Test
    void bytesAreCompressedWhereThatIsWanted() throws Exception {
        Path config = Files.writeString(mine.resolve("config"), "Compression yes\n");
        List<String> negotiated = new CopyOnWriteArrayList<>();
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(ANYBODY);
            server.setCompressionFactories(List.of(BuiltinCompressions.none, BuiltinCompressions.delayedZlib));
            server.setCommandFactory((channel, command) -> new FakeHost.Echo());
            server.addSessionListener(new SessionListener() {
                @Override
                public void sessionEvent(Session session, Event event) {
                    if (event == Event.Authenticated) {
                        negotiated.add(session.getNegotiatedKexParameter(KexProposalOption.C2SCOMP));
                    }
                }
            });
        })) {
            Ssh.Builder way = host.way(mine).password(Secret.of("x"));
            assertThat(FakeHost.echoed(connector, way.build(), 1024 * 1024)).isTrue();
            assertThat(FakeHost.echoed(
                            connector, way.configFile(config.toString()).build(), 1024 * 1024))
                    .isTrue();
            assertThat(negotiated).containsExactly("none", "zlib@openssh.com");
        }
    }

    @ParameterizedTest
    @CsvSource({"ProxyCommand nc %h %p", "BindAddress 10.0.0.1", "RevokedHostKeys /etc/revoked"})
    void settingThatCanNotBeFollowed(String line) throws Exception {
        Path config = Files.writeString(mine.resolve("config"), "Host 127.*\n  " + line + "\n");
        assertThat(fails(to("127.0.0.1").configFile(config.toString())))
                .isInstanceOf(ConnectFailedException.Misconfigured.class)
                .hasMessageContaining(config + ":2: ")
                .hasMessageContaining("is not supported");
    }

    @Test
    void configurationThatIsNotThere() throws Exception {
        assertThat(fails(to("127.0.0.1").configFile(mine.resolve("none").toString())))
                .isInstanceOf(ConnectFailedException.Misconfigured.class)
                .hasMessageContaining("there is no file " + mine.resolve("none"));
    }

    @Test
    void wayThroughAJumpHost() throws Exception {
        List<SshdSocketAddress> destinations = new CopyOnWriteArrayList<>();
        try (FakeHost inner = FakeHost.start(server -> {
                    server.setPasswordAuthenticator(ANYBODY);
                    server.setCommandFactory((channel, command) -> new FakeHost.Echo());
                });
                FakeHost jump = jumpHost(destinations)) {
            Ssh.Builder way = through(jump, inner);
            assertThat(FakeHost.echoed(connector, way.build(), 4 * 1024 * 1024)).isTrue();
            assertThat(destinations)
                    .hasSize(1)
                    .first()
                    .extracting(SshdSocketAddress::getPort)
                    .isEqualTo(inner.port());
        }
    }

    private FakeHost jumpHost(List<SshdSocketAddress> destinations) throws Exception {
        Tool.key(mine.resolve("jump-key"), "ed25519", "");
        return FakeHost.start(server -> {
            server.setPublickeyAuthenticator((user, key, session) -> user.equals("gate"));
            server.setForwardingFilter(new AcceptAllForwardingFilter() {
                @Override
                protected boolean checkAcceptance(String request, Session session, SshdSocketAddress target) {
                    destinations.add(target);
                    return true;
                }
            });
        });
    }

    private Ssh.Builder through(FakeHost jump, FakeHost inner) throws IOException {
        Path known = Files.writeString(mine.resolve("known_hosts"), jump.knownHost() + inner.knownHost());
        Path config = Files.writeString(
                mine.resolve("config"), """
                Host gate
                    HostName 127.0.0.1
                    Port %d
                    User gate
                    IdentityFile %s
                Host inside
                    HostName 127.0.0.1
                    Port %d
                    ProxyJump gate
                """.formatted(jump.port(), mine.resolve("jump-key"), inner.port()));
        return Ssh.to("deploy@inside")
                .agent(false)
                .configFile(config.toString())
                .knownHostsFile(known.toString())
                .password(Secret.of("x"));
    }

    @Test
    void jumpHostThatLetsNobodyThrough() throws Exception {
        try (FakeHost inner = FakeHost.start(server -> {});
                FakeHost jump = jumpHost(List.of())) {
            jump.server().setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
            assertThat(fails(through(jump, inner)))
                    .isInstanceOf(ConnectFailedException.Refused.class)
                    .hasMessageContaining("jump host gate@127.0.0.1:" + jump.port() + " can't connect to 127.0.0.1");
        }
    }

    @Test
    void jumpHostThatLetsUsNotIn() throws Exception {
        try (FakeHost inner = FakeHost.start(server -> {});
                FakeHost jump = jumpHost(List.of())) {
            jump.server().setPublickeyAuthenticator((user, key, session) -> false);
            assertThat(fails(through(jump, inner)))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageStartingWith("ssh://deploy@inside: jump host gate@127.0.0.1:" + jump.port());
        }
    }
}
