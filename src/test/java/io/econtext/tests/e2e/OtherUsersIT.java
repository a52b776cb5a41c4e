package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ConnectFailedException.PasswordWrong;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.Doas;
import io.econtext.ExecCommand;
import io.econtext.ExecResult;
import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Su;
import io.econtext.Sudo;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One user becomes another by real sudo, su and doas, with passwords typed, refused, missing and not wanted. */
@NeedsContainers
class OtherUsersIT {
    private static final Secret OWN = Secret.of(Hosts.PASSWORD);
    private static final Secret ROOTS = Secret.of(Hosts.ROOT_PASSWORD);
    private static final Secret WRONG = Secret.of("incorrect donkey");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startTheHost() throws Exception {
        host = Hosts.users().start(ClientKeys.generate(directory));
    }

    static Stream<Arguments> whoGetsIn() {
        return Stream.of(
                Arguments.of("asker", Sudo.to("root").password(OWN).build(), "root"),
                Arguments.of("asker", Sudo.to("deploy").password(OWN).build(), "deploy"),
                Arguments.of("asker", Sudo.to("root").login().password(OWN).build(), "root"),
                Arguments.of("asker", Sudo.to("root").terminal().password(OWN).build(), "root"),
                Arguments.of("german", Sudo.to("root").password(OWN).build(), "root"),
                Arguments.of("german", Sudo.to("root").terminal().password(OWN).build(), "root"),
                Arguments.of("chinese", Sudo.to("root").password(OWN).build(), "root"),
                Arguments.of("once", Sudo.to("root").password(OWN).build(), "root"),
                Arguments.of(
                        "terminal", Sudo.to("root").terminal().password(OWN).build(), "root"),
                Arguments.of("free", Sudo.to("root").build(), "root"),
                Arguments.of("free", Sudo.to("root").password(WRONG).build(), "root"),
                Arguments.of("free", Sudo.to("root").terminal().build(), "root"),
                Arguments.of("asker", Su.to("root").password(ROOTS).build(), "root"),
                Arguments.of(
                        "asker", Su.to("free").shell("/bin/sh").password(OWN).build(), "free"),
                Arguments.of("german", Su.to("root").password(ROOTS).build(), "root"),
                Arguments.of("chinese", Su.to("root").password(ROOTS).build(), "root"),
                Arguments.of("chinese", Su.to("root").login().password(ROOTS).build(), "root"),
                Arguments.of("asker", Doas.to("root").password(OWN).build(), "root"),
                Arguments.of("german", Doas.to("root").password(OWN).build(), "root"),
                Arguments.of("free", Doas.to("deploy").build(), "deploy"));
    }

    @ParameterizedTest
    @MethodSource("whoGetsIn")
    void whoMayGetsIn(String user, Way way, String becomes) {
        RemoteContext other = broker.connect(host.as(user).build()).connect(way);

        assertThat(user(other)).isEqualTo(becomes);
        assertThat(other.exec("id", "-un").out().trim()).isEqualTo(becomes);
    }

    static Stream<Arguments> whoIsTurnedAway() {
        return Stream.of(
                Arguments.of("asker", Sudo.to("root").build(), PasswordRequired.class),
                Arguments.of("asker", Sudo.to("root").terminal().build(), PasswordRequired.class),
                Arguments.of("asker", Sudo.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("asker", Sudo.to("root").terminal().password(WRONG).build(), PasswordWrong.class),
                Arguments.of("asker", Sudo.to("nobdy").password(OWN).build(), Misconfigured.class),
                Arguments.of("asker", Sudo.to("root").program("/opt/sudo").build(), ToolMissing.class),
                Arguments.of("german", Sudo.to("root").build(), PasswordRequired.class),
                Arguments.of("german", Sudo.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("chinese", Sudo.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("once", Sudo.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("terminal", Sudo.to("root").password(OWN).build(), NotAllowed.class),
                Arguments.of(
                        "terminal", Sudo.to("root").terminal().password(WRONG).build(), PasswordWrong.class),
                Arguments.of("partial", Sudo.to("root").password(OWN).build(), NotAllowed.class),
                Arguments.of("outsider", Sudo.to("root").password(OWN).build(), NotAllowed.class),
                Arguments.of(
                        "outsider", Sudo.to("root").terminal().password(OWN).build(), NotAllowed.class),
                Arguments.of("asker", Su.to("root").build(), PasswordRequired.class),
                Arguments.of("asker", Su.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("asker", Su.to("nobdy").build(), Misconfigured.class),
                Arguments.of("german", Su.to("root").build(), PasswordRequired.class),
                Arguments.of("german", Su.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("chinese", Su.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("nosu", Su.to("root").password(ROOTS).build(), NotAllowed.class),
                Arguments.of("asker", Doas.to("root").build(), PasswordRequired.class),
                Arguments.of("asker", Doas.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("german", Doas.to("root").password(WRONG).build(), PasswordWrong.class),
                Arguments.of("asker", Doas.to("nobdy").password(OWN).build(), Misconfigured.class),
                Arguments.of("asker", Doas.to("root").program("/opt/doas").build(), ToolMissing.class),
                Arguments.of("outsider", Doas.to("root").password(OWN).build(), NotAllowed.class));
    }

    @ParameterizedTest
    @MethodSource("whoIsTurnedAway")
    void whoMayNotIsTurnedAwayWithTheReason(String user, Way way, Class<? extends ConnectFailedException> type)
            throws Exception {
        RemoteContext first = broker.connect(host.as(user).build());

        ConnectFailedException failure = catchThrowableOfType(ConnectFailedException.class, () -> first.connect(way));

        assertThat(failure).isExactlyInstanceOf(type).hasMessageStartingWith(way.address() + ": ");
        assertThat(failure).message().doesNotContain(Hosts.PASSWORD, Hosts.ROOT_PASSWORD, "donkey");
        awaitNothingLeftButSsh(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"german", "chinese"})
    void theToolsReallySpeakTheLanguageOfTheLogin(String user) {
        RemoteContext first = broker.connect(host.as(user).build());

        ExecResult asked = first.exec(ExecCommand.of("sudo", "-k", "-S", "true"));

        assertThat(asked.err()).containsPattern("Passwort|密码").doesNotContain("password for");
    }

    @Test
    void whatTheContextStartsHasTheLanguageOfTheLogin() {
        RemoteContext root = broker.connect(host.as("german").build())
                .connect(Sudo.to("root").password(OWN).build());

        assertThat(root.exec("sh", "-c", "echo $LC_ALL,$LANGUAGE").out()).isEqualTo("de_DE.UTF-8,\n");
        assertThat(root.exec("cat", "/nichts").err()).contains("Datei oder Verzeichnis nicht gefunden");
    }

    @ParameterizedTest
    @MethodSource("waysOfAsker")
    void thePasswordIsInNoCommandLineAndNoEnvironment(Way way) throws Exception {
        RemoteContext other = broker.connect(host.as("asker").build()).connect(way);

        String all = host.exec("sh", "-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' '\\n'");

        assertThat(all).contains("econtext:").doesNotContain(Hosts.PASSWORD, Hosts.ROOT_PASSWORD);
        assertThat(other.exec("id", "-un").out()).isEqualTo("root\n");
    }

    @ParameterizedTest
    @MethodSource("waysOfAsker")
    void nothingIsLeftWhenItIsClosedOrItsParentIsKilled(Way way) throws Exception {
        RemoteContext first = broker.connect(host.as("asker").build());
        first.connect(way).close();
        awaitNothingLeftButSsh(first);
        broker.remove(first.name() + "/root");

        first.connect(way);
        host.exec("sh", "-c", "kill -9 " + first.info().pid());

        await().atMost(PATIENCE).until(() -> host.exec("ps", "ax", "-o", "args="), list -> !list.contains("econtext:"));
        assertThat(host.exec("ps", "ax", "-o", "args=")).doesNotContain("sudo ", "doas ", "su root");
    }

    static Stream<Way> waysOfAsker() {
        return Stream.of(
                Sudo.to("root").password(OWN).build(),
                Sudo.to("root").terminal().password(OWN).build(),
                Su.to("root").password(ROOTS).build(),
                Doas.to("root").password(OWN).build());
    }

    @ParameterizedTest
    @MethodSource("waysOfAsker")
    void whoAsksForAPasswordInsideTheContextDoesNotWaitForIt(Way way) {
        RemoteContext root = broker.connect(host.as("asker").build()).connect(way);

        ExecResult asked = root.exec("setpriv", "--reuid=asker", "--clear-groups", "sudo", "-k", "true");

        assertThat(asked.status()).isNotZero();
        assertThat(user(root)).isEqualTo("root");
    }

    @Test
    void whereNothingOpensATerminalTheFailureSaysSo() throws Exception {
        try (Host bare = Hosts.users().start(host.keys())) {
            bare.exec("sh", "-c", "rm /usr/bin/python3* /usr/bin/perl*");
            RemoteContext first = broker.connect(bare.as("asker").named("bare").build());

            assertThat(catchThrowableOfType(
                            ToolMissing.class,
                            () -> first.connect(Doas.to("root").password(OWN).build())))
                    .hasMessageContainingAll("terminal", "perl", "python3");
        }
    }

    @Test
    void pythonOpensATerminalToo() throws Exception {
        try (Host bare = Hosts.users().start(host.keys())) {
            bare.exec("sh", "-c", "rm /usr/bin/perl*");
            RemoteContext first = broker.connect(bare.as("asker").named("bare").build());

            assertThat(user(first.connect(Doas.to("root").password(OWN).build())))
                    .isEqualTo("root");
            assertThat(catchThrowable(() -> first.connect(
                            Doas.to("root").named("wrong").password(WRONG).build())))
                    .isInstanceOf(PasswordWrong.class);
        }
    }

    private static String user(RemoteContext context) {
        return context.call(System::getProperty, "user.name");
    }

    private static void awaitNothingLeftButSsh(RemoteContext first) {
        await().atMost(PATIENCE)
                .until(
                        () -> host.exec("ps", "ax", "-o", "pid=,args="),
                        list -> list.lines()
                                .map(String::trim)
                                .filter(line -> line.contains("econtext:") || line.matches(".*\\b(sudo|su|doas) .*"))
                                .allMatch(line -> line.startsWith(first.info().pid() + " ")));
    }
}
