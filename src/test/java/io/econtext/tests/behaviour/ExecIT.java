package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Channel;
import io.econtext.Exec;
import io.econtext.ExecCommand;
import io.econtext.ExecException;
import io.econtext.ExecOutput;
import io.econtext.ExecResult;
import io.econtext.RemoteCallException;
import io.econtext.Sh;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@OverEveryWay
class ExecIT extends Behaviour {

    @Test
    void argumentsArriveExactlyAsGiven() {
        String[] words = {"", " ", "a b", "'", "\"", "$HOME", "`id`", "\\", "*", "a\nb", "-n", "ü中\uD83D\uDE00", "%s"};
        String[] command = new String[words.length + 3];
        command[0] = "sh";
        command[1] = "-c";
        command[2] = "shift 0; for w in \"$@\"; do printf '[%s]' \"$w\"; done";
        System.arraycopy(words, 0, command, 3, words.length);
        ExecResult result = context.exec(command);
        // the first word after the script is the script's own name
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i < words.length; i++) {
            expected.append('[').append(words[i]).append(']');
        }
        assertThat(result.out()).isEqualTo(expected.toString());
        assertThat(result.status()).isZero();
    }

    @Test
    void bothStreamsAndTheStatusAreTold() {
        ExecResult result = context.exec("sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.isTruncated()).isFalse();
    }

    @Test
    void aSignalIsAStatus() {
        assertThat(context.exec("sh", "-c", "kill -9 $$").status()).isEqualTo(128 + 9);
    }

    @Test
    void aProgramThatIsNotThereIsAnErrorThatNamesIt() {
        ExecException missing = catchThrowableOfType(ExecException.class, () -> context.exec("no-such-program", "x"));
        assertThat(missing).hasMessageContaining("no-such-program");
        assertThat(missing.status()).isEqualTo(ExecException.NOT_STARTED);
    }

    @Test
    void bigOutputIsCutAndSaysSo() {
        ExecResult result = context.exec("sh", "-c", "head -c 3000000 /dev/zero; echo done >&2");
        assertThat(result.isTruncated()).isTrue();
        assertThat(result.outBytes()).hasSize(Exec.CAPTURE_LIMIT);
        assertThat(result.err()).isEqualTo("done\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void environmentDirectoryAndInputAreTheCommandsOwn() {
        ExecResult result = context.exec(ExecCommand.shell("pwd; echo \"$GREETING\"; cat")
                .directory("/usr")
                .environment("GREETING", "grüß dich")
                .input("中\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(result.out()).isEqualTo("/usr\ngrüß dich\n中\n");
        assertThat(context.exec("sh", "-c", "echo $GREETING").out()).isEqualTo("\n");
    }

    @Test
    void aProgramThatReadsFindsNothingToRead() {
        assertThat(context.exec("cat").out()).isEmpty();
    }

    @Test
    void aProgramNeedNotReadItsInput() {
        assertThat(context.exec(ExecCommand.of("true").input(new byte[1 << 20])).status())
                .isZero();
    }

    @Test
    void aDaemonThatKeepsTheOutputOpenHoldsNobody() {
        ExecResult result = context.exec("sh", "-c", "sleep 1000 & echo $!");
        assertThat(result.status()).isZero();
        assertThat(context.exec("kill", result.out().trim()).status()).isZero();
    }

    @Test
    void aShellLineLogsWhatItPrintsAndThrowsItsStatus() throws Exception {
        context.run(Sh::run, "true");
        assertThat(context.call(Sh::status, "exit 3")).isEqualTo(3);
        assertThatThrownBy(() -> context.run(Sh::run, "exit 3"))
                .isInstanceOf(RemoteCallException.class)
                .hasMessageContaining("ExecException")
                .hasMessageContaining("status 3");
    }

    @Test
    void outputIsStreamedAndTheStatusComesLast() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = -1;
        try (Channel<ExecOutput> output =
                context.open(Exec::stream, ExecCommand.shell("head -c 5000000 /dev/zero; echo oh >&2; exit 4"))) {
            for (ExecOutput piece : output) {
                assertThat(status).isEqualTo(-1);
                if (piece.isEnd()) {
                    status = piece.status();
                } else {
                    (piece.isErr() ? err : out).write(piece.bytes());
                }
            }
        }
        assertThat(out.size()).isEqualTo(5_000_000);
        assertThat(err).hasToString("oh\n");
        assertThat(status).isEqualTo(4);
    }

    @Test
    void cancellingEndsTheProgramAndWhatItStarted() {
        String mark = "1000" + ProcessHandle.current().pid();
        CompletableFuture<ExecResult> call =
                context.callAsync(Exec::capture, ExecCommand.shell("sleep " + mark + "; echo never"));
        await().until(() -> sleeping(mark));
        call.cancel(true);
        await().until(() -> !sleeping(mark));
    }

    /** Whether this machine has a sleep of that time, which is where the context is, too. */
    private static boolean sleeping(String seconds) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                                .command()
                                .filter(command -> Path.of(command).endsWith("sleep"))
                                .isPresent()
                        && process.info()
                                .arguments()
                                .filter(words -> words.length == 1 && words[0].equals(seconds))
                                .isPresent());
    }
}
