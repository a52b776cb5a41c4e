package io.econtext.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsContainers
class HostUsersIT {

    @TempDir
    static Path directory;

    @AutoClose
    static Host jre;

    @AutoClose
    static Host plain;

    @BeforeAll
    static void startTheHosts() throws Exception {
        ClientKeys keys = ClientKeys.generate(directory);
        jre = Hosts.jre().readOnly().start(keys);
        plain = Hosts.plain().start(keys);
    }

    @Test
    void aKeyLetsAUserIn() throws Exception {
        assertThat(withKey(jre, "deploy", "id -un")).isEqualTo("deploy");
    }

    @Test
    void anEncryptedKeyLetsAUserIn() throws Exception {
        assertThat(SshClients.runWithKey(jre, "deploy", jre.keys().encrypted(), "id -un"))
                .isEqualTo("deploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "interactive"})
    void aPasswordLetsInWhoHasOne(String user) throws Exception {
        assertThat(SshClients.runWithPassword(jre, user, Hosts.PASSWORD, "id -un"))
                .isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "interactive", "stranger"})
    void aKeyIsNotEnoughFor(String user) {
        assertThatThrownBy(() -> withKey(jre, user, "true"))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("authentication");
    }

    @Test
    void anExpiredAccountIsTurnedAway() {
        assertThatThrownBy(() -> withKey(jre, "locked", "true")).isInstanceOf(SshException.class);
        assertThat(jre.log()).contains("Access denied for user locked by PAM account configuration");
    }

    @ParameterizedTest
    @CsvSource({"java8, 1.8.0", "java11, 11.", "java17, 17.", "java21, 21.", "java25, 25."})
    void theJavaOnAUsersPathIsTheOneItIsNamedAfter(String user, String version) throws Exception {
        assertThat(withKey(jre, user, "java -version 2>&1")).contains("version \"" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "csh", "fish", "zsh"})
    void aUsersShellIsTheOneItIsNamedAfter(String user) throws Exception {
        // the second command keeps a shell from replacing itself by the first
        assertThat(withKey(plain, user, "ps x -o comm=; true")).containsPattern("(?m)^-?t?" + user + "$");
    }

    @Test
    void theUserOfBusyboxFindsNothingElse() throws Exception {
        assertThat(withKey(plain, "busybox", "command -v ls; command -v java")).isEqualTo("/opt/busybox/ls");
    }

    @Test
    void whatStandsInTheWayOfABootDoes() throws Exception {
        assertThat(withKey(jre, "chatty", "echo done")).startsWith("Welcome!").endsWith("done");
        assertThat(withKey(jre, "forced", "echo done")).isEqualTo("this account runs backups only");
        assertThat(withKey(jre, "homeless", "cd; pwd")).isEqualTo("/");
    }

    @Test
    void aTraceShowsWhatALoginWrites() throws Exception {
        try (Host host = Hosts.jre().traceable().start(jre.keys());
                Trace trace = Trace.of(host)) {
            withKey(host, "deploy", "echo x > /tmp/written; cat /tmp/written");
            assertThat(trace.writes()).singleElement().asString().contains("\"/tmp/written\"");
        }
    }

    @Test
    void aTraceOfAReadOnlyHostShowsNoWrite() throws Exception {
        try (Host host = Hosts.jre().readOnly().traceable().start(jre.keys());
                Trace trace = Trace.of(host)) {
            withKey(host, "deploy", "echo x > /tmp/written; cat /etc/hostname");
            assertThat(trace.calls()).anyMatch(call -> call.contains("\"/etc/hostname\""));
            assertThat(trace.writes()).isEmpty();
        }
    }

    private static String withKey(Host host, String user, String command) throws Exception {
        return SshClients.runWithKey(host, user, host.keys().plain(), command);
    }
}
