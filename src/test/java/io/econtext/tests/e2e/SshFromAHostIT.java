package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.ConnectFailedException.HostKeyChanged;
import io.econtext.ConnectFailedException.HostKeyUnknown;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ConnectFailedException.PasswordWrong;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.ContextOptions;
import io.econtext.HostKeys;
import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From one host to the next by that host's own ssh, with that host's keys and files. */
@NeedsContainers
class SshFromAHostIT {
    private static final Secret PASSWORD = Secret.of(Hosts.PASSWORD);

    /** A server that never says anything. */
    private static final String SILENT =
            "import socket as s,time;x=s.socket();x.bind((\"127.0.0.1\",2222));x.listen();" + "time.sleep(9999)";

    @TempDir
    static Path directory;

    private static Host host;
    private static Broker broker;
    private static RemoteContext first;

    @BeforeAll
    static void startTheHost() throws Exception {
        ClientKeys keys = ClientKeys.generate(directory);
        host = Hosts.users().start(keys);
        put("/home/deploy/key", Files.readString(keys.plain()));
        put("/home/deploy/encrypted", Files.readString(keys.encrypted()));
        put("/home/deploy/known", "localhost " + host.exec("cat", "/etc/ssh/ssh_host_ed25519_key.pub"));
        put("/home/deploy/changed", "localhost " + Files.readString(directory.resolve("host.pub")));
        host.exec("sh", "-c", "python3 -c '" + SILENT + "' >/dev/null 2>&1 &");
        broker = Broker.create();
        first = broker.connect(host.as("deploy").named("first").build());
    }

    @AfterAll
    static void closeAll() {
        broker.close();
        host.close();
    }

    private static void put(String path, String text) throws Exception {
        String code = Base64.getEncoder().encodeToString(text.getBytes());
        host.exec(
                "sh",
                "-c",
                "echo " + code + " | base64 -d >" + path + "; chown deploy " + path + "; chmod 600 " + path);
    }

    private static Ssh.Builder to(String user) {
        return Ssh.to(user + "@localhost").agent(false).configFile("").knownHostsFile("/home/deploy/known");
    }

    private static Ssh.Builder keyTo(String user) {
        return to(user).identity("/home/deploy/key");
    }

    static Stream<Arguments> whoGetsIn() {
        return Stream.of(
                Arguments.of("by key", keyTo("asker")),
                Arguments.of("by password", to("asker").password(PASSWORD)),
                Arguments.of("by password only", to("password").password(PASSWORD)),
                Arguments.of("by questions only", to("interactive").password(PASSWORD)),
                Arguments.of(
                        "by encrypted key",
                        to("german").identity("/home/deploy/encrypted").passphrase(Secret.of(ClientKeys.PASSPHRASE))),
                Arguments.of(
                        "new host",
                        keyTo("asker").knownHostsFile("/home/deploy/none").hostKeys(HostKeys.ACCEPT_NEW)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whoGetsIn")
    void whoMayGetsIn(String how, Ssh.Builder way) {
        Ssh next = way.named("next").build();
        try (RemoteContext second = first.connect(next)) {
            assertThat(second.exec("id", "-un").out().trim()).isEqualTo(next.user());
            assertThat(second.exec("sh", "-c", "echo $LANGUAGE").out()).isEqualTo("\n");
        } finally {
            broker.remove("first/next");
        }
    }

    static Stream<Arguments> whoIsTurnedAway() {
        ContextOptions soon =
                ContextOptions.builder().connectTimeout(Duration.ofSeconds(2)).build();
        return Stream.of(
                Arguments.of(to("password"), PasswordRequired.class),
                Arguments.of(keyTo("interactive"), PasswordRequired.class),
                Arguments.of(to("password").password(Secret.of("incorrect donkey")), PasswordWrong.class),
                Arguments.of(to("interactive").password(Secret.of("incorrect donkey")), PasswordWrong.class),
                Arguments.of(keyTo("stranger"), AuthenticationFailed.class),
                Arguments.of(keyTo("asker").knownHostsFile("/home/deploy/none2"), HostKeyUnknown.class),
                Arguments.of(keyTo("asker").knownHostsFile("/home/deploy/changed"), HostKeyChanged.class),
                Arguments.of(
                        keyTo("asker").knownHostsFile("/home/deploy/changed").hostKeys(HostKeys.ACCEPT_NEW),
                        HostKeyChanged.class),
                Arguments.of(keyTo("asker").port(9), Refused.class),
                Arguments.of(Ssh.to("no-such-host.invalid").configFile(""), UnknownHost.class),
                Arguments.of(keyTo("asker").port(2222).with(soon), TimedOut.class),
                Arguments.of(keyTo("asker").configFile("/etc/os-release"), Misconfigured.class),
                Arguments.of(keyTo("asker").pinnedKey("SHA256:x"), Misconfigured.class));
    }

    @ParameterizedTest(name = "{index} {1}")
    @MethodSource("whoIsTurnedAway")
    void whoMayNotIsTurnedAwayWithTheReason(Ssh.Builder way, Class<? extends ConnectFailedException> type) {
        ConnectFailedException failure = catchThrowableOfType(
                ConnectFailedException.class,
                () -> first.connect(way.named("refused").build()));

        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(failure).message().doesNotContain("donkey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "csh", "chatty", "banner"})
    void whateverTheLoginShellDoesItBoots(String user) {
        try (RemoteContext second = first.connect(keyTo(user).named(user).build())) {
            assertThat(second.exec("id", "-un").out().trim()).isEqualTo(user);
        }
    }

    @Test
    void aForcedCommandIsQuoted() {
        ConnectFailedException.Died died = catchThrowableOfType(
                ConnectFailedException.Died.class,
                () -> first.connect(keyTo("forced").build()));

        assertThat(died.lastLines()).contains("this account runs backups only");
    }
}
