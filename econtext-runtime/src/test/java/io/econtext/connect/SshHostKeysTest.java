package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.HostKeys;
import io.econtext.Ssh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host keys are accepted, against an OpenSSH server that has three. */
@NeedsSshd
@ExtendWith(Quiet.class)
class SshHostKeysTest {
    @TempDir
    static Path directory;

    static OpenSshd sshd;

    @TempDir
    Path mine;

    private final SshConnector connector = new SshConnector();

    @BeforeAll
    static void startServer() throws Exception {
        sshd = OpenSshd.start(directory);
    }

    @AfterAll
    static void stopServer() throws Exception {
        sshd.close();
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private void connects(Ssh.Builder way) throws Exception {
        Recorder recorder = new Recorder();
        connector.start(way.build(), "exit 0", recorder);
        assertThat(recorder.awaitEnd()).isEqualTo("exit status 0");
    }

    private ConnectFailedException fails(Ssh.Builder way) throws Exception {
        Recorder recorder = new Recorder();
        connector.start(way.build(), "exit 0", recorder);
        return recorder.awaitFailure();
    }

    private Path file(String... lines) throws Exception {
        return Files.write(mine.resolve("known_hosts"), List.of(lines));
    }

    private String line(String names, String type) throws Exception {
        return names + " " + Files.readString(sshd.hostKey(type)).trim();
    }

    private String fingerprint(String type) throws Exception {
        return Tool.run("ssh-keygen", "-l", "-f", sshd.hostKey(type).toString()).split(" ")[1];
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void knownTypeIsAskedForThoughTheHostHasOthers(String type) throws Exception {
        connects(sshd.way().knownHostsFile(sshd.knownHosts(List.of(type)).toString()));
    }

    @Test
    void unknownKeyIsRefusedWithWhatToDo() throws Exception {
        Path empty =
                file("other.example " + Files.readString(sshd.hostKey("rsa")).trim());
        assertThat(fails(sshd.way().knownHostsFile(empty.toString())))
                .isInstanceOf(ConnectFailedException.HostKeyUnknown.class)
                .hasMessageContaining(HostKeyCheck.UNKNOWN)
                .hasMessageContaining(fingerprint("ed25519"))
                .hasMessageContaining(empty.toString())
                .hasMessageContaining(line(sshd.knownAs(), "ed25519").replaceAll(" [^ ]*$", ""));
    }

    @Test
    void unknownKeyIsRefusedWhereThereIsNoFile() throws Exception {
        assertThat(fails(sshd.way().knownHostsFile(mine.resolve("none").toString())))
                .isInstanceOf(ConnectFailedException.HostKeyUnknown.class);
    }

    @Test
    void newKeyIsAddedOnceWhereThatIsWanted() throws Exception {
        Path file = mine.resolve("new/known_hosts");
        connects(sshd.way().knownHostsFile(file.toString()).hostKeys(HostKeys.ACCEPT_NEW));
        connects(sshd.way()
                .knownHostsFile(file.toString())
                .hostKeys(HostKeys.ACCEPT_NEW)
                .agent(true));
        connects(sshd.way().knownHostsFile(file.toString()));
        assertThat(Files.readAllLines(file)).hasSize(1).first().asString().startsWith(sshd.knownAs() + " ssh-ed25519 ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void newKeyIsAddedBehindALineThatIsNotEnded() throws Exception {
        Path file = mine.resolve("known_hosts");
        Files.writeString(file, "other.example ssh-ed25519 AAAA");
        connects(sshd.way().knownHostsFile(file.toString()).hostKeys(HostKeys.ACCEPT_NEW));
        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("other.example ssh-ed25519 AAAA");
    }

    @Test
    void newKeyIsAddedUnderAHashedNameWhereTheConfigurationSaysSo() throws Exception {
        Path config = Files.writeString(mine.resolve("config"), "HashKnownHosts yes\n");
        Path file = mine.resolve("known_hosts");
        connects(sshd.way()
                .configFile(config.toString())
                .knownHostsFile(file.toString())
                .hostKeys(HostKeys.ACCEPT_NEW));
        assertThat(Files.readString(file)).startsWith("|1|").doesNotContain("127.0.0.1");
        assertThat(Tool.run("ssh-keygen", "-F", sshd.knownAs(), "-f", file.toString()))
                .contains("ssh-ed25519");
        connects(sshd.way().knownHostsFile(file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STRICT", "ACCEPT_NEW"})
    void changedKeyIsRefusedWithItsPlace(String policy) throws Exception {
        Tool.key(mine.resolve("other"), "ed25519", "");
        Path file = file(
                "# mine",
                sshd.knownAs() + " "
                        + Files.readString(mine.resolve("other.pub")).trim());
        assertThat(fails(sshd.way().knownHostsFile(file.toString()).hostKeys(HostKeys.valueOf(policy))))
                .isInstanceOf(ConnectFailedException.HostKeyChanged.class)
                .hasMessageContaining(HostKeyCheck.CHANGED)
                .hasMessageContaining(fingerprint("ed25519"))
                .hasMessageContaining(file + ":2");
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void keyOfAnotherTypeDoesNotPassAsNew() throws Exception {
        Path key = Tool.key(mine.resolve("host"), "ecdsa", "", "-b", "521");
        Path file = file(sshd.knownAs() + " "
                + Files.readString(mine.resolve("host.pub")).trim());
        assertThat(key).exists();
        assertThat(fails(sshd.way().knownHostsFile(file.toString()).hostKeys(HostKeys.ACCEPT_NEW)))
                .isInstanceOf(ConnectFailedException.HostKeyChanged.class)
                .hasMessageContaining("ecdsa-sha2-nistp521");
    }

    @Test
    void revokedKeyIsRefused() throws Exception {
        Path file = file(line(sshd.knownAs(), "ed25519"), line("@revoked *", "ed25519"));
        assertThat(fails(sshd.way().knownHostsFile(file.toString())))
                .isInstanceOf(ConnectFailedException.HostKeyChanged.class)
                .hasMessageContaining(HostKeyCheck.REVOKED)
                .hasMessageContaining(file + ":2");
    }

    @Test
    void authorityAloneIsNotEnoughAndTheMessageSaysWhy() throws Exception {
        Path file = file(line("@cert-authority *", "rsa"));
        assertThat(fails(sshd.way().knownHostsFile(file.toString())))
                .isInstanceOf(ConnectFailedException.HostKeyUnknown.class)
                .hasMessageContaining("certificates aren't supported")
                .hasMessageContaining(file + ":1");
    }

    @Test
    void hashedNamesWildcardsAndTheNameWithoutPortAreKnown() throws Exception {
        Path hashed = Files.move(file(line(sshd.knownAs(), "rsa")), mine.resolve("hashed"));
        Tool.run("ssh-keygen", "-H", "-f", hashed.toString());
        assertThat(Files.readString(hashed)).startsWith("|1|");
        connects(sshd.way().knownHostsFile(hashed.toString()));
        Path wildcard = Files.move(file(line("[127.0.0.?]:*", "rsa")), mine.resolve("wildcard"));
        connects(sshd.way().knownHostsFile(wildcard.toString()));
        connects(sshd.way().knownHostsFile(file(line("127.0.0.1", "ed25519")).toString()));
    }

    @Test
    void exceptionOfAPatternIsNotKnown() throws Exception {
        Path file = file(line("!" + sshd.knownAs() + ",[127.*", "rsa"));
        assertThat(fails(sshd.way().knownHostsFile(file.toString())))
                .isInstanceOf(ConnectFailedException.HostKeyUnknown.class);
    }

    @Test
    void aliasOfTheConfigurationIsTheNameLookedUp() throws Exception {
        Path config = Files.writeString(mine.resolve("config"), "Host *\n HostKeyAlias the-host\n");
        Path file = file(line("the-host", "ed25519"));
        connects(sshd.way().configFile(config.toString()).knownHostsFile(file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void pinnedKeyIsFoundWhateverItsType(String type) throws Exception {
        connects(sshd.way().knownHostsFile(mine.resolve("none").toString()).pinnedKey(fingerprint(type)));
    }

    @Test
    void otherKeysThanThePinnedAreRefused() throws Exception {
        Tool.key(mine.resolve("other"), "ed25519", "");
        String pinned = Tool.run(
                        "ssh-keygen", "-l", "-f", mine.resolve("other.pub").toString())
                .split(" ")[1];
        assertThat(fails(sshd.way().pinnedKey(pinned)))
                .isInstanceOf(ConnectFailedException.HostKeyChanged.class)
                .hasMessageContaining(pinned)
                .hasMessageContaining(fingerprint("ed25519"))
                .hasMessageContaining(fingerprint("ecdsa"))
                .hasMessageContaining(fingerprint("rsa"));
    }
}
