package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.Secret;
import io.econtext.Ssh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authentication by keys, against OpenSSH: files in all formats, the agent, and what a refusal says. */
@NeedsSshd
@ExtendWith(Quiet.class)
class SshKeysTest {
    private static final String PASSPHRASE = "open sésame";

    @TempDir
    static Path directory;

    static OpenSshd sshd;

    @TempDir
    Path mine;

    private SshConnector connector = new SshConnector();

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

    private Path authorized(String type, String passphrase, String... more) throws Exception {
        Path key = Tool.key(mine.resolve("key"), type, passphrase, more);
        sshd.authorize(key);
        return key;
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, RFC4716",
        "ecdsa, RFC4716",
        "ecdsa, PEM",
        "ecdsa, PKCS8",
        "rsa, RFC4716",
        "rsa, PEM",
        "rsa, PKCS8"
    })
    void keysOfEveryTypeAndFormatLetIn(String type, String format) throws Exception {
        connects(sshd.keyless().identity(authorized(type, "", "-m", format).toString()));
    }

    @ParameterizedTest
    @CsvSource({"ed25519, RFC4716", "ecdsa, PEM", "ecdsa, PKCS8", "rsa, RFC4716", "rsa, PEM", "rsa, PKCS8"})
    void encryptedKeysOfEveryFormatLetInWithTheirPassphrase(String type, String format) throws Exception {
        String key = authorized(type, PASSPHRASE, "-m", format).toString();
        connects(sshd.keyless().identity(key).passphrase(Secret.of(PASSPHRASE)));
    }

    @Test
    void encryptedKeyWithoutItsPublicPartLetsIn() throws Exception {
        Path key = authorized("rsa", PASSPHRASE, "-m", "PEM");
        Files.delete(key.resolveSibling("key.pub"));
        connects(sshd.keyless().identity(key.toString()).passphrase(Secret.of(PASSPHRASE)));
    }

    @ParameterizedTest
    @CsvSource({"ed25519, RFC4716", "rsa, PEM"})
    void wrongPassphraseIsToldAsWhatItIs(String type, String format) throws Exception {
        String key = authorized(type, PASSPHRASE, "-m", format).toString();
        assertThat(fails(sshd.keyless().identity(key).passphrase(Secret.of("wrong"))))
                .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                .hasMessageContaining(key + ": " + KeyFile.WRONG_PASSPHRASE)
                .hasMessageNotContaining("wrong\"");
    }

    @Test
    void missingPassphraseIsToldAsWhatItIs() throws Exception {
        String key = authorized("ed25519", PASSPHRASE).toString();
        assertThat(fails(sshd.keyless().identity(key)))
                .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                .hasMessageContaining(key + ": " + KeyFile.NO_PASSPHRASE);
    }

    @Test
    void nobodyIsAskedForThePassphraseOfAKeyThatTheHostDoesNotWant() throws Exception {
        Path stranger = Tool.key(mine.resolve("stranger"), "ed25519", PASSPHRASE);
        Secret notAsked = Secret.from(() -> {
            throw new AssertionError("asked for a passphrase");
        });
        connects(sshd.keyless()
                .identity(stranger.toString(), sshd.key().toString())
                .passphrase(notAsked));
    }

    @Test
    void refusalListsWhatWasTriedAndWhatTheHostOffers() throws Exception {
        Path stranger = Tool.key(mine.resolve("stranger"), "ecdsa", "");
        String missing = mine.resolve("missing").toString();
        assertThat(fails(sshd.keyless().identity(stranger.toString(), missing)))
                .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                .hasMessageContaining(AuthLog.REFUSED)
                .hasMessageContaining("tried: publickey (" + stranger + ", ecdsa-sha2-nistp256 SHA256:")
                .hasMessageContaining("the host offers: publickey")
                .hasMessageContaining(missing + ": " + KeyFile.MISSING);
    }

    @Test
    void hostThatHasHadEnoughIsQuoted() throws Exception {
        try (OpenSshd impatient = OpenSshd.start(directory, "MaxAuthTries 1")) {
            Path one = Tool.key(mine.resolve("one"), "ed25519", "");
            Path two = Tool.key(mine.resolve("two"), "ed25519", "");
            assertThat(fails(impatient.keyless().identity(one.toString(), two.toString())))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("it said: Too many authentication failures");
        }
    }

    @Test
    void twoKeysAreGivenWhereTwoAreWanted() throws Exception {
        try (OpenSshd strict = OpenSshd.start(directory, "AuthenticationMethods publickey,publickey")) {
            Path second = authorized("rsa", "");
            connects(strict.keyless().identity(strict.key().toString(), second.toString()));
            assertThat(fails(strict.keyless().identity(strict.key().toString())))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class);
        }
    }

    @Test
    void keysInTheHomeDirectoryAreFound() throws Exception {
        Files.createDirectories(mine.resolve(".ssh"));
        Files.copy(sshd.key(), mine.resolve(".ssh/id_ed25519"));
        connector = new SshConnector(new Surroundings(mine, System.getProperty("user.name"), name -> null));
        connects(sshd.keyless());
    }

    /** An agent with these keys, for as long as the test. */
    private String agent(List<Path> keys, Work test) throws Exception {
        String socket = mine.resolve("agent").toString();
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket).start();
        try {
            String line = agent.inputReader().readLine();
            assertThat(line).contains(socket);
            for (Path key : keys) {
                Tool.run(List.of("SSH_AUTH_SOCK=" + socket), "ssh-add", "-q", key.toString());
            }
            connector = new SshConnector(
                    new Surroundings(mine, System.getProperty("user.name"), Map.of("SSH_AUTH_SOCK", socket)::get));
            test.run();
        } finally {
            agent.destroy();
            agent.waitFor();
        }
        return socket;
    }

    private interface Work {
        void run() throws Exception;
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "ecdsa", "rsa"})
    void keysOfTheAgentLetIn(String type) throws Exception {
        Path key = authorized(type, "");
        agent(List.of(key), () -> {
            Files.delete(key);
            Files.delete(key.resolveSibling("key.pub"));
            connects(sshd.keyless().agent(true));
            assertThat(fails(sshd.keyless().agent(false)))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class);
        });
    }

    @Test
    void keyThatTheAgentHasNeedsNoPassphrase() throws Exception {
        Path key = authorized("ed25519", "");
        agent(List.of(key), () -> {
            Tool.run("ssh-keygen", "-q", "-p", "-N", PASSPHRASE, "-f", key.toString());
            connects(sshd.keyless().agent(true).identity(key.toString()));
        });
    }

    @Test
    void identityMayBeThePublicPartOfWhatTheAgentHas() throws Exception {
        Path key = authorized("rsa", "");
        agent(List.of(key), () -> {
            Files.delete(key);
            connects(sshd.keyless().agent(true).identity(key.toString()));
            connects(sshd.keyless().agent(true).identity(key + ".pub"));
        });
    }

    @Test
    void configurationMayKeepToItsIdentitiesOrNameAnotherAgent() throws Exception {
        Path key = authorized("ed25519", "");
        Path stranger = Tool.key(mine.resolve("stranger"), "ed25519", "");
        agent(List.of(key), () -> {
            Path only = Files.writeString(mine.resolve("only"), "IdentitiesOnly yes\nIdentityFile " + stranger + "\n");
            assertThat(fails(sshd.keyless().agent(true).configFile(only.toString())))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageNotContaining("agent");
            Path other = Files.writeString(mine.resolve("other"), "IdentityAgent " + mine.resolve("nobody") + "\n");
            assertThat(fails(sshd.keyless().agent(true).configFile(other.toString())))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("the agent at " + mine.resolve("nobody") + " can't be asked");
            Path named = Files.writeString(mine.resolve("named"), "IdentityAgent $SSH_AUTH_SOCK\n");
            connects(sshd.keyless().agent(true).configFile(named.toString()));
        });
    }
}
