package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ConnectFailedException;
import io.econtext.HostKeys;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to be turned away by a real host with real accounts, each with its own type. */
@NeedsContainers
class ConnectFailuresIT {

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    static Host keysOnly;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startHosts() throws Exception {
        ClientKeys keys = ClientKeys.generate(directory);
        host = Hosts.jre().readOnly().start(keys);
        keysOnly = Hosts.jre()
                .readOnly()
                .sshd("PasswordAuthentication=no", "KbdInteractiveAuthentication=no")
                .start(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "interactive"})
    void aPasswordIsRequired(String user) {
        assertThat(failure(ConnectFailedException.PasswordRequired.class, host.as(user)))
                .hasMessageContaining("ssh://" + user + "@127.0.0.1:" + host.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "interactive"})
    void theRightPasswordLetsIn(String user) {
        assertThat(whoami(host.keyless(user).password(Secret.of(Hosts.PASSWORD))))
                .isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "interactive"})
    void theWrongPasswordIsWrongAndIsNotTold(String user) {
        assertThat(failure(
                        ConnectFailedException.PasswordWrong.class,
                        host.keyless(user).password(Secret.of("battery staple"))))
                .hasMessageContaining(user + "@")
                .hasMessageNotContaining("staple");
    }

    @Test
    void aKeyIsRequired() {
        assertThat(failure(ConnectFailedException.AuthenticationFailed.class, keysOnly.keyless("deploy")))
                .hasMessageContaining("publickey");
    }

    @Test
    void aKeyThatTheHostDoesNotKnowIsListedAsTried() {
        assertThat(failure(ConnectFailedException.AuthenticationFailed.class, keysOnly.as("stranger")))
                .hasMessageContainingAll("publickey", keysOnly.keys().plain().toString());
    }

    @Test
    void anAccountThatHasExpiredIsTurnedAway() {
        ConnectFailedException failure =
                failure(ConnectFailedException.AuthenticationFailed.class, keysOnly.as("locked"));
        assertThat(failure).hasMessageContaining("locked at 127.0.0.1 was not let in");
        assertThat(failure.lastLines()).contains("Your account has expired; please contact your system administrator.");
    }

    @Test
    void anEncryptedKeyLetsInWithItsPassphraseOnly() {
        Ssh.Builder way =
                keysOnly.keyless("deploy").identity(keysOnly.keys().encrypted().toString());
        assertThat(failure(ConnectFailedException.AuthenticationFailed.class, way))
                .hasMessageContainingAll(
                        "passphrase", keysOnly.keys().encrypted().toString());
        assertThat(whoami(way.passphrase(Secret.of(ClientKeys.PASSPHRASE)))).isEqualTo("deploy");
    }

    @Test
    void theKeyOfTheHostIsUnknownUntilItIsAccepted() throws Exception {
        Path known = directory.resolve("known");
        Ssh.Builder way = host.as("deploy").knownHostsFile(known.toString());
        assertThat(failure(ConnectFailedException.HostKeyUnknown.class, way)).hasMessageContaining("SHA256:");
        assertThat(whoami(way.hostKeys(HostKeys.ACCEPT_NEW))).isEqualTo("deploy");
        assertThat(Files.readString(known)).contains("[127.0.0.1]:" + host.port());
    }

    @Test
    void theKeyOfTheHostHasChanged() throws Exception {
        String other = Files.readString(directory.resolve("host.pub"));
        Path known = Files.writeString(directory.resolve("changed"), "[127.0.0.1]:" + host.port() + " " + other);
        assertThat(failure(
                        ConnectFailedException.HostKeyChanged.class,
                        host.as("deploy").hostKeys(HostKeys.ACCEPT_NEW).knownHostsFile(known.toString())))
                .hasMessageContaining(known.toString());
    }

    private String whoami(Ssh.Builder way) {
        return broker.connect(way.build()).call(System::getProperty, "user.name");
    }

    private <X extends ConnectFailedException> X failure(Class<X> type, Ssh.Builder way) {
        return catchThrowableOfType(type, () -> broker.connect(way.build()));
    }
}
