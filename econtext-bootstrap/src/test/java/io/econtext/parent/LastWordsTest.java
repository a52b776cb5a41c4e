package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a JVM ends, what it says about that reaches the transport's stderr, and no file is left. */
@Timeout(60)
class LastWordsTest {

    private static final byte[] JAR = Host.probeJar();

    @TempDir
    Path directory;

    static Stream<Arguments> waysAndJavas() {
        return Arrays.stream(Holding.values())
                .flatMap(way -> Host.javas().stream().map(java -> Arguments.of(way, java)));
    }

    /** Without the file on a RAM file system, where the JVM prints to the transport's stderr itself. */
    static Stream<Arguments> memoryFilesAndJavas() {
        return waysAndJavas().filter(arguments -> arguments.get()[0] != Holding.RAM_FILE);
    }

    private Started start(Programs programs, String java, String... jvmOptions) throws Exception {
        ContextOptions options = ContextOptions.builder()
                .java(java)
                .directory(directory.toString())
                .jvmOptions(jvmOptions)
                .build();
        FirstStage stage = new FirstStage(options, 23_456_789, JAR, false);
        return new Started(stage, Map.of("PATH", programs.path()), List.of("/bin/sh", "-c")).sendAll();
    }

    private String[] files() {
        return new File(directory.toString()).list();
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void aJvmThatCannotStartSaysWhy(Holding way, String java) throws Exception {
        try (Programs programs = way.programs();
                Started jvm = start(programs, java, "-Xmx1")) {
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.SEARCHING);
            assertThat(jvm.errors()).contains("Too small maximum heap");
            assertThat(jvm.exitStatus()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void anExceptionBeforeTheJvmIsUpIsTold(Holding way, String java) throws Exception {
        try (Programs programs = way.programs();
                Started jvm = start(programs, java, "-Dprobe.die=true")) {
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.SEARCHING);
            assertThat(jvm.errors()).contains("IllegalStateException: the probe dies early");
            assertThat(jvm.exitStatus()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void aCrashIsReportedWhole(Holding way, String java) throws Exception {
        try (Programs programs = way.programs();
                Started jvm = start(programs, java)) {
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            // so many that the report is longer than a pipe is by default
            assertThat(jvm.ask("threads 2000")).isEmpty();
            jvm.tell("sh kill -SEGV $PPID");

            assertThat(jvm.exitStatus()).isNotZero();
            assertThat(jvm.errors())
                    .hasSizeGreaterThan(64 * 1024)
                    .contains("# A fatal error has been detected", "SIGSEGV", "S Y S T E M", "vm_info");
            assertThat(files()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("memoryFilesAndJavas")
    void theReasonOfACrashIsAmongTheVeryLastLines(Holding way, String java) throws Exception {
        try (Programs programs = way.programs();
                Started jvm = start(programs, java)) {
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            jvm.tell("sh kill -SEGV $PPID");

            List<String> lines = jvm.errors().lines().toList();
            assertThat(lines).endsWith("crash");
            assertThat(lines.subList(lines.size() - 20, lines.size())).anyMatch(line -> line.contains("SIGSEGV"));
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void runningOutOfMemoryEndsTheJvmWithThatReason(Holding way, String java) throws Exception {
        try (Programs programs = way.programs();
                Started jvm = start(programs, java)) {
            assertThat(jvm.awaitAnswer()).isEqualTo(Preamble.UP);
            jvm.tell("out-of-memory");

            assertThat(jvm.errors()).contains("OutOfMemoryError", "Java heap space");
            assertThat(jvm.exitStatus()).isEqualTo(3);
            assertThat(files()).isEmpty();
        }
    }
}
