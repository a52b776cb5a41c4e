package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace of all system calls from the command to the end of the JVM that could put something on a disk. */
@Timeout(120)
class NothingWrittenTest {

    private static final String CALLS = "trace=open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,"
            + "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,memfd_create";
    private static final Pattern SUCCEEDED = Pattern.compile("(\\d+ +)?(\\w+)\\((.*)\\) += (\\d+).*");
    private static final Pattern READS = Pattern.compile("open.*O_RDONLY(\\|O_(CLOEXEC|NOCTTY|NONBLOCK|DIRECTORY))*.*");
    private static final Pattern HARMLESS =
            Pattern.compile("open.*\"(/dev/null|/dev/tty|/proc/self/[^\"]*|/proc/\\d+/[^\"]*)\".*", Pattern.DOTALL);
    private static final Pattern RAM_FILE = Pattern.compile("(open|unlink).*\"/dev/shm/\\.econtext\\d+\".*");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "PERL, echo goodbye",
        "PERL, sh kill -SEGV $PPID",
        "PERL, out-of-memory",
        "PYTHON, echo goodbye",
        "PYTHON, sh kill -SEGV $PPID",
        "RAM_FILE, echo goodbye",
        "RAM_FILE, sh kill -SEGV $PPID"
    })
    void noFileIsOpenedForWriting(Holding way, String end) throws Exception {
        String strace = Programs.required("strace");
        Path trace = directory.resolve("trace");
        Path work = Files.createDirectory(directory.resolve("work"));
        ContextOptions options = ContextOptions.builder()
                .java(Host.java())
                .directory(work.toString())
                .build();
        FirstStage stage = new FirstStage(options, 23_456_789, Host.probeJar(), false);

        try (Programs programs = way.programs();
                Started jvm = new Started(
                        stage,
                        Map.of("PATH", programs.path(), "HOME", work.toString()),
                        List.of(
                                strace,
                                "-f",
                                "-qq",
                                "-s",
                                "300",
                                "-e",
                                CALLS,
                                "-o",
                                trace.toString(),
                                "/bin/sh",
                                "-c"))) {
            jvm.sendAndAwaitUp();
            jvm.ask("sh true");
            jvm.tell(end);
            jvm.endInput();
            jvm.exitStatus();
            jvm.errors();
        }

        List<String> calls = successful(trace);
        assertThat(calls).isNotEmpty();
        assertThat(calls.stream().filter(call -> call.startsWith("memfd_create")))
                .hasSize(way == Holding.RAM_FILE ? 0 : 1);
        assertThat(calls.stream().filter(call -> !isHarmless(call, way))).isEmpty();
        assertThat(work).isEmptyDirectory();
    }

    private static boolean isHarmless(String call, Holding way) {
        return READS.matcher(call).matches()
                || HARMLESS.matcher(call).matches()
                || call.startsWith("memfd_create")
                || way == Holding.RAM_FILE && RAM_FILE.matcher(call).matches();
    }

    private static List<String> successful(Path trace) throws IOException {
        // a call that another thread's line cuts in two is told by its first half
        return Files.readAllLines(trace).stream()
                .map(line -> line.replaceFirst("<unfinished \\.\\.\\.>$", ") = 0"))
                .map(SUCCEEDED::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(2) + "(" + matcher.group(3) + ")")
                .toList();
    }
}
