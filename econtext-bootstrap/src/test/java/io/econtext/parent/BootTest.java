package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real boots on this machine: every login shell, every way to hold the boot jar, every Java there is. */
@Timeout(60)
class BootTest {

    private static final List<String> SH = List.of("/bin/sh", "-c");
    private static final byte[] JAR = Host.probeJar();

    private static final Map<Holding, Programs> PROGRAMS = new EnumMap<>(Holding.class);

    @TempDir
    Path directory;

    @AfterAll
    static void deletePrograms() throws Exception {
        for (Programs programs : PROGRAMS.values()) {
            programs.close();
        }
        PROGRAMS.clear();
    }

    private static FirstStage stage(ContextOptions.Builder options) {
        return new FirstStage(options.build(), 23_456_789, JAR, false);
    }

    private static ContextOptions.Builder options() {
        return ContextOptions.builder().java(Host.java());
    }

    private Started boot(ContextOptions.Builder options, Holding way) throws Exception {
        return boot(options, way, Map.of());
    }

    private Started boot(ContextOptions.Builder options, Holding way, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", PROGRAMS.computeIfAbsent(way, Holding::programs).path());
        return new Started(stage(options), environment, SH).sendAndAwaitUp();
    }

    static Stream<Arguments> waysAndJavas() {
        return Arrays.stream(Holding.values())
                .flatMap(way -> Host.javas().stream().map(java -> Arguments.of(way, java)));
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void bootsOnEveryWayWithEveryJava(Holding way, String java) throws Exception {
        try (Started jvm = boot(options().java(java), way)) {
            assertThat(jvm.ask("echo grüße, 中")).containsExactly("grüße, 中");
            assertThat(jvm.preamble.javaVersion()).isGreaterThanOrEqualTo(17);
            assertThat(jvm.preamble.lastLines()).isEmpty();
            jvm.endInput();
            assertThat(jvm.exitStatus()).isZero();
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -c", "bash -c", "busybox sh -c", "csh -c", "tcsh -c", "fish -c", "zsh -c"})
    void everyLoginShellStartsIt(String shell) throws Exception {
        String[] words = shell.split(" ");
        words[0] = Programs.required(words[0]);

        try (Started jvm = new Started(
                        stage(options()), Map.of("PATH", "/usr/bin:/bin", "HOME", "/"), Arrays.asList(words))
                .sendAndAwaitUp()) {
            assertThat(jvm.ask("echo here")).containsExactly("here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox", "zsh"})
    void theScriptItselfRunsInEveryShellThatMayBeSh(String shell) throws Exception {
        for (Holding way : Holding.values()) {
            try (Programs programs = way.programs().link("sh", shell);
                    Started jvm = new Started(stage(options()), Map.of("PATH", programs.path()), SH).sendAndAwaitUp()) {
                assertThat(jvm.ask("echo here")).containsExactly("here");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void theProcessShowsItsName(Holding way) throws Exception {
        try (Started jvm = boot(options().processName("econtext:me@here:42"), way)) {
            List<String> words = jvm.ask("commandline");

            if (way == Holding.RAM_FILE) {
                assertThat(words.subList(0, 2)).contains("-Decontext=econtext:me@here:42");
            } else {
                assertThat(words).startsWith("econtext:me@here:42");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void theProtocolIsApartFromWhatIsPrinted(Holding way) throws Exception {
        try (Started jvm = boot(options(), way)) {
            assertThat(jvm.ask("print ü to stdout")).isEmpty();
            assertThat(jvm.ask("print-error 中 to stderr")).isEmpty();
            List<String> arguments = List.of(jvm.ask("arguments").get(0).split(" "));
            if (way == Holding.RAM_FILE) {
                assertThat(arguments).containsExactly("3", "4", "-1", "-1", "5", "398765413", "8");
                assertThat(jvm.endInput().errors()).isEqualTo("ü to stdout\n中 to stderr\n");
            } else {
                assertThat(arguments).containsExactly("3", "4", "6", "7", "5", "398765413", "8");
                assertThat(jvm.ask("read 2")).containsExactly("ü to stdout");
                assertThat(jvm.ask("read 3")).containsExactly("中 to stderr");
                assertThat(jvm.endInput().errors()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void onlyTheAgreedDescriptorsAreOpen(Holding way) throws Exception {
        try (Started jvm = boot(options(), way)) {
            List<String> open = jvm.ask("descriptors");

            assertThat(open)
                    .contains("0 /dev/null")
                    .anyMatch(line -> line.startsWith("9 ") && line.endsWith("(deleted)"));
            assertThat(open.stream().filter(line -> !line.matches("[0-9] .*")))
                    .as("the JVM's own")
                    .allMatch(line -> line.matches("\\d+ (.*/lib/modules|.*\\(deleted\\)|/proc/\\d+/fd)"));
        }
    }

    @ParameterizedTest
    @EnumSource(Holding.class)
    void noOtherProcessStaysOnceTheJvmIsUp(Holding way) throws Exception {
        try (Started jvm = boot(options(), way)) {
            for (ProcessHandle helper : jvm.children()) {
                helper.onExit().get();
            }
            assertThat(jvm.ask("sh true")).isEmpty();
            assertThat(jvm.children()).isEmpty();
        }
    }

    @Test
    void optionsOfTheUserReachTheJvm() throws Exception {
        Path work = Files.createDirectories(directory.resolve("wörk ing"));
        ContextOptions.Builder options = options()
                .jvmOptions("-Dmotto=it's \"$HOME\" & more!")
                .environment("GREETING", "grüß\tdich 中 \\ `x` 'q'")
                .directory(work.toString())
                .umask("027")
                .maxHeap("77m");

        try (Started jvm = boot(options, Holding.PERL)) {
            assertThat(jvm.ask("property motto")).containsExactly("it's \"$HOME\" & more!");
            assertThat(jvm.ask("environment GREETING")).containsExactly("grüß\tdich 中 \\ `x` 'q'");
            assertThat(jvm.ask("property user.dir")).containsExactly(work.toString());
            assertThat(jvm.ask("sh umask")).containsExactly("0027");
            assertThat(jvm.ask("commandline")).contains("-Xmx77m");
        }
    }

    @Test
    void optionsOfTheLoginDoNotReachTheJvm() throws Exception {
        Map<String, String> login =
                Map.of("JAVA_TOOL_OPTIONS", "-Da=1", "JDK_JAVA_OPTIONS", "-Da=1", "_JAVA_OPTIONS", "-Da=1");

        try (Started jvm = boot(options(), Holding.PERL, login)) {
            assertThat(jvm.ask("property a")).containsExactly("null");
            assertThat(jvm.endInput().errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndJavas")
    void namesAndArgumentsAreUtf8WithoutAnyLocale(Holding way, String java) throws Exception {
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.writeString(files.resolve("üb中"), "1234567");

        try (Started jvm = boot(options().java(java).directory(files.toString()), way)) {
            assertThat(jvm.ask("list " + files)).containsExactly("üb中 7 7");
            assertThat(jvm.ask("sh printf '%s\\n' \"$1\" *")).containsExactly("ü中", "üb中");
        }
    }

    @Test
    void theLoginsOwnLocaleIsRemembered() throws Exception {
        try (Started jvm = boot(options(), Holding.PERL, Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"))) {
            assertThat(jvm.ask("property econtext.LC_ALL")).containsExactly("C");
            assertThat(jvm.ask("environment LANG")).containsExactly("de_DE.UTF-8");
        }
        try (Started jvm = boot(options().environment("LC_ALL", "POSIX"), Holding.PERL)) {
            assertThat(jvm.ask("environment LC_ALL")).containsExactly("POSIX");
            assertThat(jvm.ask("property econtext.LC_ALL")).containsExactly("null");
        }
    }
}
