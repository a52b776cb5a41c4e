package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.Secret;
import io.econtext.Ssh;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, questions and chains of methods, against a server in this process. */
@ExtendWith(Quiet.class)
class SshPasswordsTest {
    private static final String PASSWORD = "pässword";
    private static final PasswordAuthenticator RIGHT = (user, password, session) -> password.equals(PASSWORD);

    private static final PublickeyAuthenticator ANY_KEY = (user, key, session) -> true;

    @TempDir
    Path mine;

    private final SshConnector connector = new SshConnector();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        connector.close();
    }

    private Recorder run(Ssh.Builder way) {
        Recorder recorder = new Recorder();
        connector.start(way.build(), "true", recorder);
        return recorder;
    }

    private void connects(Ssh.Builder way) throws Exception {
        assertThat(run(way).awaitEnd()).isEqualTo("exit status 0");
    }

    private ConnectFailedException fails(Ssh.Builder way) throws Exception {
        return run(way).awaitFailure();
    }

    private static void methods(SshServer server, String methods) {
        CoreModuleProperties.AUTH_METHODS.set(server, methods);
    }

    /** Asks these questions, whose answers aren't shown, and takes the password for the first. */
    private KeyboardInteractiveAuthenticator asking(String... questions) {
        return new KeyboardInteractiveAuthenticator() {
            @Override
            public InteractiveChallenge generateChallenge(
                    ServerSession session, String user, String language, String methods) {
                InteractiveChallenge challenge = new InteractiveChallenge();
                for (String question : questions) {
                    challenge.addPrompt(question, false);
                }
                return challenge;
            }

            @Override
            public boolean authenticate(ServerSession session, String user, List<String> responses) {
                answers.addAll(responses);
                return responses.equals(List.of(PASSWORD));
            }
        };
    }

    @Test
    void passwordLetsIn() throws Exception {
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(RIGHT))) {
            connects(host.way(mine).password(Secret.of(PASSWORD)));
        }
    }

    @Test
    void wrongPasswordIsToldAndGivenOnce() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        PasswordAuthenticator never = (user, password, session) -> {
            attempts.incrementAndGet();
            return false;
        };
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(never);
            server.setKeyboardInteractiveAuthenticator(asking("Password: "));
        })) {
            assertThat(fails(host.way(mine).password(Secret.of("secret word"))))
                    .isInstanceOf(ConnectFailedException.PasswordWrong.class)
                    .hasMessageContaining(AuthLog.WRONG + " for deploy at 127.0.0.1")
                    .hasMessageNotContaining("secret word");
            assertThat(attempts.get() + answers.size()).isOne();
        }
    }

    @Test
    void missingPasswordIsToldWhereOnlyAPasswordHelps() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(RIGHT);
            server.setKeyboardInteractiveAuthenticator(asking("Password: "));
        })) {
            assertThat(fails(host.way(mine)))
                    .isInstanceOf(ConnectFailedException.PasswordRequired.class)
                    .hasMessageContaining(AuthLog.REQUIRED);
        }
    }

    @Test
    void missingPasswordIsNoMoreThanAHintWhereAKeyWouldHelpToo() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(RIGHT);
            server.setPublickeyAuthenticator(ANY_KEY);
        })) {
            assertThat(fails(host.way(mine)))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("the host offers: ")
                    .hasMessageContaining("password");
        }
    }

    @Test
    void passwordThatNobodyGivesIsRequired() throws Exception {
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(RIGHT))) {
            assertThat(fails(host.way(mine).password(Secret.from(() -> null))))
                    .isInstanceOf(ConnectFailedException.PasswordRequired.class);
        }
    }

    @Test
    void secretIsAskedForOnceAndWiped() throws Exception {
        List<char[]> given = new ArrayList<>();
        Secret secret = Secret.from(() -> {
            char[] characters = PASSWORD.toCharArray();
            given.add(characters);
            return characters;
        });
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(RIGHT))) {
            connects(host.way(mine).password(secret));
        }
        assertThat(given).hasSize(1).first().isEqualTo(new char[PASSWORD.length()]);
    }

    @Test
    void secretOfALaterContextIsNotAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Secret secret = Secret.from(() -> {
            asked.incrementAndGet();
            return PASSWORD.toCharArray();
        });
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(RIGHT))) {
            connects(host.way(mine).password(secret));
            connects(host.way(mine).password(secret));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void secretThatFailsToBeGivenFailsTheConnect() throws Exception {
        Secret broken = Secret.from(() -> {
            throw new IllegalStateException("the vault is locked");
        });
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(RIGHT))) {
            assertThat(fails(host.way(mine).password(broken))).hasMessageContaining("the vault is locked");
        }
    }

    @Test
    void singleHiddenQuestionIsAnsweredInAnyLanguage() throws Exception {
        try (FakeHost host =
                FakeHost.start(server -> server.setKeyboardInteractiveAuthenticator(asking("Passwort / 密码: ")))) {
            connects(host.way(mine).password(Secret.of(PASSWORD)));
        }
        assertThat(answers).containsExactly(PASSWORD);
    }

    @Test
    void twoQuestionsAreNotAnswered() throws Exception {
        try (FakeHost host =
                FakeHost.start(server -> server.setKeyboardInteractiveAuthenticator(asking("Password: ", "Code: ")))) {
            assertThat(fails(host.way(mine).password(Secret.of(PASSWORD))))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("no answer to 'Password:' and more");
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void wrongAnswerIsAWrongPassword() throws Exception {
        try (FakeHost host =
                FakeHost.start(server -> server.setKeyboardInteractiveAuthenticator(asking("Password: ")))) {
            assertThat(fails(host.way(mine).password(Secret.of("wrong"))))
                    .isInstanceOf(ConnectFailedException.PasswordWrong.class);
        }
    }

    @Test
    void keyAndPasswordAreGivenWhereBothAreWanted() throws Exception {
        String key = Tool.key(mine.resolve("key"), "ed25519", "").toString();
        try (FakeHost host = FakeHost.start(server -> {
            server.setPublickeyAuthenticator(ANY_KEY);
            server.setPasswordAuthenticator(RIGHT);
            methods(server, "publickey,password");
        })) {
            connects(host.way(mine).identity(key).password(Secret.of(PASSWORD)));
            assertThat(fails(host.way(mine).identity(key))).isInstanceOf(ConnectFailedException.PasswordRequired.class);
            assertThat(fails(host.way(mine).identity(key).password(Secret.of("wrong"))))
                    .isInstanceOf(ConnectFailedException.PasswordWrong.class);
        }
    }

    @Test
    void keyAndAnswerAreGivenWhereBothAreWanted() throws Exception {
        String key = Tool.key(mine.resolve("key"), "ed25519", "").toString();
        try (FakeHost host = FakeHost.start(server -> {
            server.setPublickeyAuthenticator(ANY_KEY);
            server.setKeyboardInteractiveAuthenticator(asking("Password: "));
            methods(server, "publickey,keyboard-interactive");
        })) {
            connects(host.way(mine).identity(key).password(Secret.of(PASSWORD)));
        }
    }

    @Test
    void rightPasswordThatIsNotEnoughIsNotCalledWrong() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(RIGHT);
            server.setKeyboardInteractiveAuthenticator(asking("Code: "));
            methods(server, "password,keyboard-interactive");
        })) {
            assertThat(fails(host.way(mine).password(Secret.of(PASSWORD))))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("no answer to 'Code:'");
        }
    }

    @Test
    void expiredPasswordIsToldAsWhatItIs() throws Exception {
        PasswordAuthenticator expired = (user, password, session) -> {
            throw new PasswordChangeRequiredException("expired", "New password", "en");
        };
        try (FakeHost host = FakeHost.start(server -> server.setPasswordAuthenticator(expired))) {
            assertThat(fails(host.way(mine).password(Secret.of(PASSWORD))))
                    .isInstanceOf(ConnectFailedException.AuthenticationFailed.class)
                    .hasMessageContaining("must be changed");
        }
    }

    @Test
    void bannerIsAmongTheLastLines() throws Exception {
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator(RIGHT);
            CoreModuleProperties.WELCOME_BANNER.set(server, "Authorised people only.\nEnter password:\u0007\n");
            CoreModuleProperties.WELCOME_BANNER_CHARSET.set(server, StandardCharsets.UTF_8);
        })) {
            ConnectFailedException failure = fails(host.way(mine));
            assertThat(failure).isInstanceOf(ConnectFailedException.PasswordRequired.class);
            assertThat(failure.lastLines()).containsExactly("Authorised people only.", "Enter password:?");
        }
    }

    @Test
    void configurationMayForbidAMethodOrChooseTheOrder() throws Exception {
        Path config = java.nio.file.Files.writeString(
                mine.resolve("config"),
                "PasswordAuthentication no\nPreferredAuthentications password,keyboard-interactive");
        try (FakeHost host = FakeHost.start(server -> {
            server.setPasswordAuthenticator((user, password, session) -> {
                answers.add("by password");
                return true;
            });
            server.setKeyboardInteractiveAuthenticator(asking("Password: "));
        })) {
            connects(host.way(mine).configFile(config.toString()).password(Secret.of(PASSWORD)));
        }
        assertThat(answers).containsExactly(PASSWORD);
    }
}
