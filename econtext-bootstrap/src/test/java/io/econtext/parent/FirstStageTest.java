package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.econtext.ContextOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstStageTest {

    private static final byte[] JAR = {'P', 'K', 3, 4, (byte) 0xff, 0};
    private static final ContextOptions FULL = ContextOptions.builder()
            .java("/opt/java with spaces/bin/java")
            .jvmOptions("-Dmotto=it's \"$HOME\" & more!", "-XX:TieredStopAtLevel=4")
            .environment("GREETING", "grüß\ndich 中 \\ `x`")
            .directory("/srv/über")
            .umask("027")
            .processName("econtext for the tests")
            .allowDisk("/var/tmp/a b")
            .build();

    private static FirstStage stage(ContextOptions options) {
        return new FirstStage(options, 99_999_999, JAR, false);
    }

    private static String script(FirstStage stage) {
        byte[] stdin = stage.stdin();
        return new String(stdin, 0, stdin.length - JAR.length, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCommandIsOnePlainLineOfAtMost500Bytes(boolean asksPassword) {
        ContextOptions large =
                FULL.toBuilder().environment("MUCH", "x".repeat(90_000)).build();

        for (ContextOptions options : Arrays.asList(ContextOptions.DEFAULTS, FULL, large)) {
            String command = new FirstStage(options, 99_999_999, JAR, asksPassword).command();

            assertThat(command.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(FirstStage.MAX_COMMAND);
            assertThat(command).startsWith("exec sh -c '").doesNotContain("\n", "\r", "!", "\\", "`");
            assertThat(command.chars().filter(c -> c == '\'')).hasSize(2);
            assertThat(command.chars()).allMatch(c -> c >= ' ' && c < 127);
        }
    }

    @Test
    void theScriptWithDefaultsIsSmall() {
        assertThat(script(stage(ContextOptions.DEFAULTS))).hasSizeLessThan(3100);
    }

    @Test
    void stdinIsTheScriptInAsciiAndThenTheBootJar() {
        FirstStage stage = stage(FULL);

        assertThat(stage.stdin()).endsWith(JAR);
        assertThat(script(stage).chars()).allMatch(c -> c == '\n' || c >= ' ' && c < 127);
        assertThat(stage.command()).contains("$((" + script(stage).length() + "-");
    }

    @Test
    void theAnswerIsNowhereInWhatIsSent() {
        FirstStage stage = new FirstStage(FULL, 12_345_678, JAR, true);

        assertThat(stage.answer()).isEqualTo("209876526");
        assertThat(stage.command() + script(stage)).doesNotContain(stage.answer());
    }

    @Test
    void stdinIsACopy() {
        FirstStage stage = stage(ContextOptions.DEFAULTS);

        stage.stdin()[0] = 0;

        assertThat(stage.stdin()[0]).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9_999_999, 100_000_000})
    void aNonceHasEightDigits(int nonce) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FirstStage(ContextOptions.DEFAULTS, nonce, JAR, false))
                .withMessage("nonce " + nonce + " has not eight digits");
    }

    @Test
    void whatDoesNotFitIntoOneArgumentIsRefused() {
        ContextOptions tooMuch = ContextOptions.builder()
                .environment("MUCH", "x".repeat(100_000))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage(tooMuch))
                .withMessageContaining("99999 are allowed");
    }

    @Test
    void aZeroCharacterIsRefused() {
        ContextOptions zero =
                ContextOptions.builder().environment("ZERO", "a\0b").build();

        assertThatIllegalArgumentException().isThrownBy(() -> stage(zero)).withMessageContaining("zero character");
    }

    @Test
    void everyFileThatAJvmWritesByItselfIsTurnedOff() {
        FirstStage stage = stage(ContextOptions.DEFAULTS);

        // the last one is of a compiler thread that crashes, which no test can make it do
        assertThat(stage.command() + script(stage))
                .contains(
                        " -XX:-UsePerfData ",
                        " -XX:+DisableAttachMechanism ",
                        " -XX:+ErrorFileToStderr ",
                        " -XX:-CreateCoredumpOnCrash ",
                        " -XX:-DumpReplayDataOnError ");
    }

    @Test
    void loopsOfTheOptimizingCompilerAreToldToStopWhenTheUserLetsItRun() {
        assertThat(script(stage(FULL))).contains("-XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000 ");
        assertThat(script(stage(ContextOptions.DEFAULTS))).doesNotContain("UseCountedLoopSafepoints");
    }

    @Test
    void usersOwnOptionsComeLast() {
        ContextOptions options =
                ContextOptions.builder().jvmOptions("-Xmx1g", "-Da=b").build();

        assertThat(script(stage(options))).contains(" -Xmx128m -Xmx1g -Da=b ");
    }
}
