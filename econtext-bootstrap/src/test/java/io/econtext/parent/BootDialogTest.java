package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.Launch;
import io.econtext.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts the program that starts a context, and the context. */
class BootDialogTest {
    private static final String BOOT = "boot bytes";
    private static final String MARK = "econtext-4711 ";

    private BootDialog dialog = new BootDialog(null, "4711");

    private static Launch.Builder asking(String prompt, String password) {
        return Launch.of("/usr/bin/tool")
                .asksPassword(prompt, password == null ? null : Secret.of(password))
                .fails("may not do this", ConnectFailedException.NotAllowed.class, "ask the administrator");
    }

    private void with(Launch.Builder launch) {
        dialog = new BootDialog(launch.build(), "4711");
    }

    private String begin() {
        return text(dialog.begin(bytes(BOOT)));
    }

    private String out(String printed) {
        byte[] bytes = bytes(printed);
        assertThat(dialog.out(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        return text(dialog.next());
    }

    private String err(String printed) {
        byte[] bytes = bytes(printed);
        dialog.err(bytes, 0, bytes.length);
        return text(dialog.next());
    }

    private String written() {
        return text(dialog.written());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private void assertFailed(String type, String text) {
        assertThat(dialog.failure()).isNotNull();
        assertThat(dialog.failure().type() + ": " + dialog.failure().text()).isEqualTo(type + ": " + text);
        assertThat(written()).isNull();
    }

    @Test
    void allIsSaidAtOnceWhereNothingAsksForAPassword() {
        assertThat(dialog.isAllSaid()).isFalse();
        assertThat(begin()).isEqualTo(BOOT);
        assertThat(dialog.isAllSaid()).isTrue();
        assertThat(written()).isNull();
        assertThat(out("\n" + MARK + "up 17\n")).isNull();
        assertThat(dialog.isUp()).isTrue();
        assertThat(dialog.failure()).isNull();
    }

    @Test
    void theProtocolBehindTheAnswerIsLeftToTheCaller() {
        begin();
        byte[] all = bytes("hello\n" + MARK + "up 8\nbinary");

        assertThat(dialog.out(all, 0, all.length)).isEqualTo(all.length - "binary".length());
        assertThat(dialog.noise()).containsExactly("hello");
    }

    @Test
    void thePasswordIsSaidAtThePromptAndTheRestWhenItCantBeTakenForOne() {
        with(asking("[password]", "grüße"));

        assertThat(begin()).isNull();
        assertThat(err("We trust you have received the usual lecture.\n[pass")).isNull();
        assertThat(err("word]")).isEqualTo("grüße\n");
        assertThat(dialog.isAllSaid()).isFalse();
        assertThat(written()).isNull();
        assertThat(out("\n" + MARK + "ready\n")).isEqualTo(BOOT);
        assertThat(written()).isNull();
        out("\n" + MARK + "up 17\n");
        assertThat(dialog.isUp()).isTrue();
    }

    @Test
    void whoIsNotAskedForAPasswordSaysNone() {
        with(asking("[password]", "secret"));
        begin();

        assertThat(out("\n" + MARK + "ready\n")).isEqualTo(BOOT);
    }

    @Test
    void nothingIsSaidBeforeTheLastIsWritten() {
        with(asking("[password]", "secret"));
        begin();

        assertThat(err("[password]")).isEqualTo("secret\n");
        assertThat(out("\n" + MARK + "ready\n")).isNull();
        assertThat(written()).isEqualTo(BOOT);
    }

    @Test
    void anUnknownPromptIsAnUnfinishedLineWithAColonInAnyLanguage() {
        for (String prompt : List.of("Password: ", "Passwort: ", "Mot de passe : ", "密码：", "root's password:")) {
            with(asking(null, "secret"));
            begin();

            assertThat(err("Your password:\n")).isNull();
            assertThat(err("tool: ")).isNull();
            assertThat(err("not yet\n")).isNull();
            assertThat(err(prompt)).as(prompt).isEqualTo("secret\n");
        }
    }

    @Test
    void thePromptMayComeByStdout() {
        with(asking(null, "secret"));
        begin();

        assertThat(out("Password: ")).isEqualTo("secret\n");
        assertThat(written()).isNull();
        assertThat(out("\n" + MARK + "ready\n")).isEqualTo(BOOT);
    }

    @Test
    void whoIsAskedTwiceWasWrong() {
        with(asking("[password]", "secret"));
        begin();
        err("[password]");
        written();

        assertThat(err("Sorry, try again.\n[password]")).isNull();
        assertFailed("PasswordWrong", "tool did not accept the password");
        assertThat(dialog.failure().lines()).containsExactly("Sorry, try again.");
    }

    @Test
    void whoHasNoPasswordIsToldSo() {
        with(asking("[password]", null));
        begin();

        assertThat(err("[password]")).isNull();
        assertFailed("PasswordRequired", "tool asks for a password and none is configured");
    }

    @Test
    void aSecretThatCantBeHadIsAFailure() {
        with(Launch.of("tool").asksPassword("[password]", Secret.from(() -> {
            throw new IllegalStateException("nobody is there");
        })));
        begin();

        assertThat(err("[password]")).isNull();
        assertFailed(
                "PasswordRequired",
                "tool" + BootDialog.PASSWORD_UNKNOWN + "java.lang.IllegalStateException: nobody is there");
    }

    @Test
    void whoEndsBeforeAnythingStartedIsUnderstoodByItsWords() {
        with(asking("[password]", "secret").otherwise(ConnectFailedException.PasswordWrong.class, "most likely"));
        begin();
        err("[password]");
        err("you may not do this\n");

        dialog.ended("exit status 1");

        assertFailed("NotAllowed", "ask the administrator");
    }

    @Test
    void whoEndsBeforeAnythingStartedWithoutAKnownWordHasItsUsualReason() {
        with(asking("[password]", "secret").otherwise(ConnectFailedException.PasswordWrong.class, "most likely"));
        begin();
        err("nein\n");

        dialog.ended("exit status 1");

        assertFailed("PasswordWrong", "most likely");
    }

    @Test
    void whatIsStartedByItIsNotTakenForItsWords() {
        with(asking("[password]", "secret").otherwise(ConnectFailedException.PasswordWrong.class, "most likely"));
        begin();
        out("\n" + MARK + "ready\n");
        err("you may not do this\n");

        dialog.ended("exit status 1");

        assertFailed("Died", BootDialog.DIED + "exit status 1");
    }

    @Test
    void aProgramWithAStatusOfItsOwnIsUnderstoodOnlyWithThat() {
        Launch.Builder launch = Launch.of("ssh")
                .failsBy(255)
                .fails("Permission denied", ConnectFailedException.AuthenticationFailed.class, "no key");
        with(launch);
        begin();
        err("git: Permission denied\n");
        dialog.ended(BootDialog.ending(1));
        assertFailed("Died", BootDialog.DIED + "exit status 1");

        with(launch);
        begin();
        err("Permission denied");
        dialog.ended(BootDialog.ending(255));
        assertFailed("AuthenticationFailed", "no key");
    }

    @Test
    void theFirstStageSaysWhyItFailed() {
        for (String[] each : List.of(
                new String[] {
                    "nojava PATH /opt/*", "NoJava", BootDialog.NO_JAVA + "PATH /opt/*" + BootDialog.NO_JAVA_CURE
                },
                new String[] {"noway no perl", "NoWay", BootDialog.NO_WAY + "no perl" + BootDialog.NO_WAY_CURE},
                new String[] {"eof boot jar", "Died", BootDialog.DIED + "eof boot jar"})) {
            dialog = new BootDialog(null, "4711");
            begin();
            written();
            out("\n" + MARK + "fail " + each[0] + "\n");

            assertFailed(each[1], each[2]);
        }
    }

    @Test
    void moreNoiseThanAllowedIsAFailure() {
        begin();
        byte[] noise = new byte[Preamble.MAX_NOISE + 10];
        dialog.out(noise, 0, noise.length);

        assertFailed("Noise", BootDialog.NOISE);
    }

    @Test
    void aJavaThatIsTooOldIsRecognizedByItsWords() {
        begin();
        err("Exception in thread \"main\" java.lang.UnsupportedClassVersionError: io/econtext/core/Boot\n");
        dialog.ended("exit status 1");

        assertFailed("JavaTooOld", BootDialog.TOO_OLD);
    }

    @Test
    void beingLateSaysHowFarItCame() {
        assertThat(dialog.timedOut("1 s").text()).isEqualTo(BootDialog.NO_TRANSPORT + "1 s");

        dialog = new BootDialog(null, "4711");
        begin();
        assertThat(dialog.timedOut("1 s").text()).isEqualTo(BootDialog.NO_BOOT + "1 s");

        with(asking("[password]", null));
        begin();
        err("Verification code: ");
        assertThat(dialog.timedOut("1 s").text()).isEqualTo("tool" + BootDialog.NOT_LAUNCHED + "1 s");
        assertThat(dialog.failure().lines()).containsExactly("Verification code: ");
    }

    @Test
    void theFirstReasonIsTheReason() {
        begin();
        dialog.ended("exit status 3");
        dialog.timedOut("1 s");
        dialog.ended("killed by signal 9");

        assertThat(dialog.failure().text()).isEqualTo(BootDialog.DIED + "exit status 3");
    }

    @Test
    void linesOfStderrAreToldWhenTheyAreCompleteAndTheLastTwentyAreKept() {
        begin();
        assertThat(dialog.err(bytes("xa\r\n\nbc"), 1, 6)).containsExactly("a");
        assertThat(dialog.err(bytes("d\n"), 0, 2)).containsExactly("bcd");
        for (int i = 1; i <= 30; i++) {
            err("line " + i + "\n");
        }
        err("last words");

        assertThat(dialog.errEnded()).containsExactly("last words");
        assertThat(dialog.lastLines()).hasSize(20).startsWith("line 12").endsWith("last words");
    }

    @Test
    void aLineWithoutEndIsCut() {
        assertThat(dialog.err(new byte[20_000], 0, 20_000)).hasSize(2).allMatch(line -> line.length() == 8192);
    }

    @Test
    void aProgramThatIsNotThereIsMissing() {
        BootFailure failure = BootFailure.notStarted(new IOException("no such file"));

        assertThat(failure.type()).isEqualTo("ToolMissing");
        assertThat(failure.text()).isEqualTo("could not be started: no such file");
    }

    @Test
    void endingsAreToldInWords() {
        assertThat(BootDialog.ending(0)).isEqualTo("exit status 0");
        assertThat(BootDialog.ending(255)).isEqualTo("exit status 255");
        assertThat(BootDialog.ending(137)).isEqualTo("killed by signal 9");
    }
}
