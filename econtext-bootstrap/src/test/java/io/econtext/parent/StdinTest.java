package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real transports do to the streams of a command. */
@Timeout(60)
class StdinTest {

    private static final byte[] JAR = Host.probeJar();
    private static final ContextOptions OPTIONS =
            ContextOptions.builder().java(Host.java()).build();
    private static final List<String> SH = List.of("/bin/sh", "-c");
    /** Makes its stdin one that doesn't block, and becomes its arguments. */
    private static final String[] NON_BLOCKING = {"perl", "-e", "fcntl STDIN, 4, 2048; exec @ARGV", "/bin/sh", "-c"};

    private Programs programs;

    private FirstStage stage(boolean asksPassword) {
        return new FirstStage(OPTIONS, 23_456_789, JAR, asksPassword);
    }

    private Started start(FirstStage stage, List<String> shell) throws Exception {
        return new Started(stage, Map.of("PATH", programs.path()), shell);
    }

    @BeforeEach
    void noProgramsYet() {
        programs = null;
    }

    @AfterEach
    void deletePrograms() throws Exception {
        if (programs != null) {
            programs.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void itMayTrickle(Holding way) throws Exception {
        programs = way.programs();
        FirstStage stage = stage(false);
        byte[] bytes = stage.stdin();

        try (Started jvm = start(stage, SH)) {
            for (int i = 0; i < bytes.length; i += 61) {
                jvm.send(bytes, i, Math.min(i + 61, bytes.length));
            }
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            assertThat(jvm.ask("echo here")).containsExactly("here");
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void itMayBeNonBlockingAndEmptyAtFirst(Holding way) throws Exception {
        programs = way.programs();
        FirstStage stage = stage(true);
        byte[] bytes = stage.stdin();
        int script = bytes.length - JAR.length;
        String[] shell = NON_BLOCKING.clone();
        shell[0] = Programs.required("perl");

        try (Started jvm = start(stage, List.of(shell))) {
            // it reads, and finds nothing, from the moment it says this
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.READY);
            jvm.send(bytes, 0, 100).send(bytes, 100, script - 1).send(bytes, script - 1, script + 100);
            jvm.send(bytes, script + 100, bytes.length);
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            if (way != Holding.RAM_FILE) {
                // sh can't make it block, and Java doesn't read one that doesn't
                assertThat(jvm.ask("echo here")).containsExactly("here");
                assertThat(jvm.ask("echo there")).containsExactly("there");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void itsEarlyEndIsATypedFailureWhereverItComes(Holding way) throws Exception {
        programs = way.programs();
        FirstStage stage = stage(false);
        byte[] bytes = stage.stdin();
        int script = bytes.length - JAR.length;

        for (int end : new int[] {0, 1, script - 1, script, script + 1, bytes.length - 1}) {
            try (Started cut = start(stage, SH)) {
                cut.send(bytes, 0, end).endInput();

                assertThat(cut.awaitAnswer()).as("cut at %d", end).isEqualTo(Preamble.FAILED);
                assertThat(cut.preamble.failureCode()).isEqualTo("eof");
                assertThat(cut.preamble.failureText()).isEqualTo(end < script ? "no script or /dev/null" : "boot jar");
                cut.exitStatus();
            }
        }
    }

    @Test
    void theCoreMayFollowAtOnce() throws Exception {
        programs = Holding.PERL.programs();
        FirstStage stage = stage(false);

        try (Started jvm = start(stage, SH)) {
            jvm.sendAll().tell("echo sent before anything was answered");
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            assertThat(jvm.ask("echo second")).containsExactly("sent before anything was answered");
        }
    }

    @Test
    void startUpFilesMayPrintAndPollute() throws Exception {
        programs = Holding.PERL.programs();
        String noise = "echo Welcome to web1; printf 'no line end'; echo to stderr >&2; eval \"$0\"";

        try (Started jvm = start(stage(false), List.of("/bin/sh", "-c", noise)).sendAndAwaitUp()) {
            assertThat(jvm.preamble.lastLines()).containsExactly("Welcome to web1", "no line end");
            assertThat(jvm.ask("echo here")).containsExactly("here");
            assertThat(jvm.endInput().errors()).isEqualTo("to stderr\n");
        }
    }

    @Test
    void aWayInThatMayAskForAPasswordHearsWhenItCannotAnyMore() throws Exception {
        programs = Holding.PERL.programs();
        String asks = "printf 'Password: '; read answer; [ \"$answer\" = secret ] && eval \"$0\"";

        try (Started jvm = start(stage(true), List.of("/bin/sh", "-c", asks))) {
            jvm.tell("secret");
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.READY);
            assertThat(jvm.preamble.lastLines()).containsExactly("Password: ");
            jvm.sendAndAwaitUp();
            assertThat(jvm.ask("echo here")).containsExactly("here");
        }
    }
}
