package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.HostKeys;
import io.econtext.Secret;
import io.econtext.Ssh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a way in and an OpenSSH client configuration. */
class SshTargetsTest {
    @TempDir
    Path home;

    private SshTargets targets;

    @BeforeEach
    void makeHome() throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
        targets = new SshTargets(
                new Surroundings(home, "me", Map.of("SSH_AUTH_SOCK", "/run/agent", "KEYS", "/keys")::get));
    }

    private void config(String text) throws Exception {
        Files.writeString(home.resolve(".ssh/config"), text);
    }

    private SshTarget settle(String destination) throws Exception {
        return targets.settle(Ssh.to(destination).build());
    }

    @Test
    void defaultsAreOpenSshs() throws Exception {
        SshTarget target = settle("web1");
        assertThat(target).hasToString("me@web1:22");
        assertThat(target.credentials().identities()).isEmpty();
        assertThat(target.credentials().agent()).isEqualTo(Path.of("/run/agent"));
        assertThat(target.credentials().methods()).containsExactly("publickey", "keyboard-interactive", "password");
        assertThat(target.rules().policy()).isEqualTo(HostKeys.STRICT);
        assertThat(target.rules().knownHosts()).startsWith(home.resolve(".ssh/known_hosts"));
        assertThat(target.tuning().compression()).isFalse();
        assertThat(target.via()).isNull();
    }

    @Test
    void entryOfTheHostIsFollowed() throws Exception {
        config("""
                # the gate's
                Host db gate
                    HostName %h.internal.example
                    Port=2222
                    User "deploy"
                    IdentityFile ~/.ssh/%r@%n
                    IdentityFile ${KEYS}/second
                    IdentitiesOnly yes
                    UserKnownHostsFile ~/known/%h /etc/more
                    StrictHostKeyChecking accept-new
                    ConnectTimeout 7
                    ServerAliveInterval 20
                    Compression yes   # slow line
                    AddressFamily inet6
                    HostKeyAlias The-Gate
                """);
        SshTarget target = settle("gate");
        assertThat(target).hasToString("deploy@gate.internal.example:2222");
        assertThat(target.credentials().identities())
                .containsExactly(home.resolve(".ssh/deploy@gate"), Path.of("/keys/second"));
        assertThat(target.credentials().onlyThese()).isTrue();
        assertThat(target.rules().knownHosts())
                .startsWith(home.resolve("known/gate.internal.example"), Path.of("/etc/more"));
        assertThat(target.rules().policy()).isEqualTo(HostKeys.ACCEPT_NEW);
        assertThat(target.rules().name()).isEqualTo("the-gate");
        assertThat(target.tuning())
                .isEqualTo(new SshTarget.Tuning(true, Duration.ofSeconds(20), 3, true, Duration.ofSeconds(7)));
        assertThat(settle("other")).hasToString("me@other:22");
    }

    @Test
    void wayInGoesBeforeTheConfiguration() throws Exception {
        config("Host *\n User them\n Port 2222\n IdentityFile ~/theirs\n UserKnownHostsFile /theirs\n");
        SshTarget target = targets.settle(Ssh.to("me2@web1:3333")
                .identity("~/mine")
                .knownHostsFile("~/known")
                .agent(false)
                .build());
        assertThat(target).hasToString("me2@web1:3333");
        assertThat(target.credentials().identities()).containsExactly(home.resolve("mine"));
        assertThat(target.credentials().agent()).isNull();
        assertThat(target.rules().knownHosts()).containsExactly(home.resolve("known"));
    }

    @Test
    void firstValueWinsAndIdentitiesAddUp() throws Exception {
        config("""
                IdentityFile ~/everywhere
                Host web*
                    Port 1
                    IdentityFile ~/web
                Host !web2 *
                    Port 2
                Host *
                    Port 3
                    User fallback
                """);
        assertThat(settle("web1")).hasToString("fallback@web1:1");
        assertThat(settle("web1").credentials().identities())
                .containsExactly(home.resolve("everywhere"), home.resolve("web"));
        assertThat(settle("db")).hasToString("fallback@db:2");
    }

    @Test
    void includedFilesApplyWhereTheyStand() throws Exception {
        Files.createDirectories(home.resolve(".ssh/conf.d"));
        Files.writeString(home.resolve(".ssh/conf.d/a"), "Host web1\n Port 1001\n");
        Files.writeString(home.resolve(".ssh/conf.d/b"), "Port 1002\n");
        config("Host web1 web2\n Include conf.d/* none/*\nHost *\n Port 1003\n");
        assertThat(settle("web1").port()).isEqualTo(1001);
        assertThat(settle("web2").port()).isEqualTo(1002);
        assertThat(settle("web3").port()).isEqualTo(1003);
    }

    @Test
    void fileThatIncludesItselfIsRefused() throws Exception {
        config("Include config\n");
        assertThatThrownBy(() -> settle("web1")).hasMessageContaining("deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Match all | 5",
                "Match host web*,db | 5",
                "Match host db | 22",
                "Match originalhost web1 user me | 5",
                "Match user you | 22",
                "Match !user you | 5",
                "Match localuser me | 5",
                "Match canonical | 22",
                "Match final | 5",
                "Match host db exec anything | 22"
            })
    void matchIsDecidedWhereItCanBe(String match, int port) throws Exception {
        config(match + "\n Port 5\n");
        assertThat(settle("web1").port()).isEqualTo(port);
    }

    @Test
    void matchThatCanNotBeDecidedIsRefused() throws Exception {
        config("Port 4\nMatch host web1 exec \"test -f /x\"\n Port 5\n");
        assertThatThrownBy(() -> settle("web1"))
                .isInstanceOf(SshFailure.class)
                .hasMessage(home.resolve(".ssh/config") + ":2: Match exec is not supported; use another configuration"
                        + " file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Port many",
                "Port",
                "User \"open",
                "StrictHostKeyChecking perhaps",
                "Match host",
                "ProxyJump a,b:nonsense"
            })
    void nonsenseIsRefusedWithItsPlace(String line) throws Exception {
        config("Host *\n" + line + "\n");
        assertThatThrownBy(() -> settle("web1"))
                .isInstanceOf(SshFailure.class)
                .hasMessageStartingWith(home.resolve(".ssh/config") + ":2: ");
    }

    @Test
    void checksThatAreSwitchedOffStillRefuseChangedKeys() throws Exception {
        config("StrictHostKeyChecking no\n");
        assertThat(settle("web1").rules().policy()).isEqualTo(HostKeys.ACCEPT_NEW);
    }

    @Test
    void jumpsAreWalkedInTheirOrderWithTheirOwnEntries() throws Exception {
        config("""
                Host inside
                    ProxyJump first,second@two:2222
                Host first
                    User one
                    Port 1111
                """);
        SshTarget target = targets.settle(
                Ssh.to("inside").password(Secret.of("for inside only")).build());
        assertThat(target).hasToString("me@inside:22");
        assertThat(target.via()).hasToString("second@two:2222");
        assertThat(target.via().via()).hasToString("one@first:1111");
        assertThat(target.via().via().via()).isNull();
        assertThat(target.via().credentials().password()).isNull();
    }

    @Test
    void jumpsInACircleAreRefused() throws Exception {
        config("Host *\n ProxyJump gate\n");
        assertThatThrownBy(() -> settle("inside")).hasMessageContaining("jumps");
    }

    @Test
    void agentMayBeNamedOrOff() throws Exception {
        config("""
                Host off
                    IdentityAgent none
                Host named
                    IdentityAgent ~/agent
                Host variable
                    IdentityAgent $KEYS
                Host unset
                    IdentityAgent $NOTHING
                """);
        assertThat(settle("off").credentials().agent()).isNull();
        assertThat(settle("named").credentials().agent()).isEqualTo(home.resolve("agent"));
        assertThat(settle("variable").credentials().agent()).isEqualTo(Path.of("/keys"));
        assertThat(settle("unset").credentials().agent()).isNull();
    }

    @Test
    void equalWaysLeadToEqualTargets() throws Exception {
        Secret password = Secret.of("x");
        SshTarget one =
                targets.settle(Ssh.to("web1").password(password).named("a").build());
        assertThat(targets.settle(Ssh.to("web1").password(password).named("b").build()))
                .isEqualTo(one);
        assertThat(targets.settle(Ssh.to("web1").password(Secret.of("x")).build()))
                .isNotEqualTo(one);
        assertThat(one.toString() + one.credentials()).doesNotContain("\"x\"");
    }

    @Test
    void noConfigurationIsReadWhereNoneIsWanted() throws Exception {
        config("nonsense\n");
        assertThat(targets.settle(Ssh.to("web1").configFile("").build())).hasToString("me@web1:22");
    }
}
