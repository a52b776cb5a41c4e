package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.econtext.ContextOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Targets that lack something. What this machine has is hidden in a mount namespace, which takes root. */
@Timeout(60)
class BareHostTest {

    private static final byte[] JAR = Host.probeJar();
    private static final String NO_RAM =
            "for d in /dev/shm /run /tmp;do" + " ! grep -q \" $d tmpfs \" /proc/mounts||mount -t sysfs none $d;done;";

    /** Denies memfd_create by seccomp, as a container's profile might, and becomes its arguments. */
    private static final String DENY_MEMORY_FILES = String.join(
            "\n",
            "use Config;",
            "($prctl, $create) = $Config{archname} =~ /x86_64/ ? (157, 319) : (167, 279);",
            "$rules = pack '(SCCL)*', 32, 0, 0, 0, 21, 0, 1, $create, 6, 0, 0, 0x50001, 6, 0, 0, 0x7fff0000;",
            "$program = pack 'Sx6P', 4, $rules;",
            "syscall($prctl, 38, 1, 0, 0, 0) == 0 && syscall($prctl, 22, 2, $program) == 0 or die;",
            "exec @ARGV");

    private Programs programs;

    @AfterEach
    void deletePrograms() throws Exception {
        if (programs != null) {
            programs.close();
        }
    }

    private static ContextOptions.Builder options() {
        return ContextOptions.builder().java(Host.java());
    }

    private Started start(ContextOptions.Builder options, Map<String, String> more, List<String> shell)
            throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", programs.path());
        FirstStage stage = new FirstStage(options.build(), 23_456_789, JAR, false);
        return new Started(stage, environment, shell).sendAll();
    }

    private Started start(ContextOptions.Builder options) throws Exception {
        return start(options, Map.of(), List.of("/bin/sh", "-c"));
    }

    /** As root of a mount namespace of its own, after {@code preparation} there. */
    private Started startAfter(String preparation, ContextOptions.Builder options, String... wrapper) throws Exception {
        String namespace = Programs.required("unshare");
        int status = new ProcessBuilder(namespace, "-mpf", "true").start().waitFor();
        assumeTrue(status == 0, "only root can hide what this machine has");
        String path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin;";
        String script = "stage=$0;P=$PATH;" + path + preparation + "PATH=$P;eval \"$stage\"";
        List<String> shell = new ArrayList<>(Arrays.asList(wrapper));
        shell.addAll(List.of(namespace, "-mpf", "--mount-proc", "/bin/sh", "-c", script));
        return start(options, Map.of(), shell);
    }

    private static void assertUp(Started jvm) throws Exception {
        assertThat(jvm.awaitAnswer()).as("after %s", jvm.preamble.failureText()).isEqualTo(Preamble.UP);
        assertThat(jvm.ask("echo here")).containsExactly("here");
    }

    private static void assertFailed(Started failed, String code, String... texts) throws Exception {
        assertThat(failed.awaitAnswer()).isEqualTo(Preamble.FAILED);
        assertThat(failed.preamble.failureCode()).isEqualTo(code);
        assertThat(failed.preamble.failureText()).contains(texts);
        assertThat(failed.exitStatus()).isOne();
    }

    @Test
    void javaIsFoundOnThePath() throws Exception {
        programs = Holding.PERL.programs().script("java", "exec " + Host.java() + " -Dfound=path \"$@\"");

        try (Started jvm = start(ContextOptions.builder())) {
            assertUp(jvm);
            assertThat(jvm.ask("property found")).containsExactly("path");
        }
    }

    @Test
    void javaIsFoundInJavaHome() throws Exception {
        programs = Holding.PERL.programs();

        try (Started jvm = start(
                ContextOptions.builder(),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of("/bin/sh", "-c"))) {
            assertUp(jvm);
            assertThat(jvm.ask("property java.home")).containsExactly(System.getProperty("java.home"));
        }
    }

    @Test
    void javaIsFoundInTheUsualPlaces() throws Exception {
        programs = Holding.PERL.programs();

        try (Started jvm = startAfter(
                "mount -t tmpfs none /opt;mkdir -p /opt/java/bin;mount --bind /usr/lib/jvm /mnt;"
                        + "mount -t tmpfs none /usr/lib/jvm;ln -s "
                        + Host.java().replace("/usr/lib/jvm", "/mnt")
                        + " /opt/java/bin/java;",
                ContextOptions.builder())) {
            assertUp(jvm);
        }
    }

    @Test
    void withoutJavaTheFailureSaysWhereItWasLookedFor() throws Exception {
        programs = Holding.PERL.programs();
        String hide = "for d in /usr/lib/jvm /opt /usr/local;do mount -t tmpfs none $d;done;";

        try (Started failed = startAfter(hide, ContextOptions.builder())) {
            assertFailed(failed, "nojava", "PATH", "/usr/lib/jvm/*", "/opt/*", ".sdkman");
        }
    }

    @Test
    void aConfiguredJavaThatIsNotThereIsNotReplacedByAnother() throws Exception {
        programs = Holding.PERL.programs();

        try (Started failed = start(ContextOptions.builder().java("/opt/no such/bin/java"))) {
            assertFailed(failed, "nojava", "/opt/no such/bin/java");
        }
    }

    @Test
    void aWorkingDirectoryThatIsNotThereIsAFailure() throws Exception {
        programs = Holding.PERL.programs();

        try (Started failed = start(options().directory("/no/such"))) {
            assertFailed(failed, "other", "no directory /no/such");
        }
    }

    @Test
    void deniedMemoryFilesLeaveTheRamFile() throws Exception {
        programs = Programs.of("perl", "python3");
        String perl = Programs.required("perl");

        try (Started jvm = start(options(), Map.of(), List.of(perl, "-e", DENY_MEMORY_FILES, "/bin/sh", "-c"))) {
            assertUp(jvm);
            assertThat(jvm.ask("arguments").get(0)).contains(" -1 -1 ");
        }
        try (Started failed = startAfter(NO_RAM, options(), perl, "-e", DENY_MEMORY_FILES)) {
            assertFailed(
                    failed,
                    "noway",
                    "perl: Operation not permitted",
                    "python3: [Errno 1] Operation not permitted",
                    "/dev/shm not in RAM");
        }
    }

    @Test
    void memoryFilesThatMustNotBeExecutableServe() throws Exception {
        programs = Holding.PERL.programs();
        assumeTrue(new File("/proc/sys/vm/memfd_noexec").exists(), "this kernel has no vm.memfd_noexec");

        try (Started jvm = startAfter("echo 2 >/proc/sys/vm/memfd_noexec;", options())) {
            assertUp(jvm);
            assertThat(jvm.ask("arguments").get(0)).contains(" 6 7 ");
        }
    }

    @Test
    void withoutInterpreterAndRamTheFailureNamesEveryPlace() throws Exception {
        programs = Programs.of();

        try (Started failed = startAfter(NO_RAM, options())) {
            assertFailed(failed, "noway", "no perl", "no python3", "/dev/shm not in RAM", "/run/user/0", "/tmp");
        }
    }

    @Test
    void aRamFileSystemThatIsReadOnlyOrFullIsToldToo() throws Exception {
        programs = Programs.of();

        try (Started failed = startAfter(NO_RAM + "mount -t tmpfs -o ro none /dev/shm;", options())) {
            assertFailed(failed, "noway", "/dev/shm not writable");
        }
        try (Started failed = startAfter(NO_RAM + "mount -t tmpfs -o size=4k none /dev/shm;", options())) {
            assertFailed(failed, "noway", "No space left");
        }
    }

    @Test
    void aDirectoryOnDiskIsUsedOnlyWhereAllowedAndLeftEmpty() throws Exception {
        programs = Programs.of();
        Path directory = Files.createTempDirectory(Programs.PLACE, "disk");

        try (Started jvm = startAfter(NO_RAM, options().allowDisk(directory.toString()))) {
            assertUp(jvm);
            assertThat(directory).isEmptyDirectory();
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    void withoutProcNothingWorksAndTheFailureSaysSo() throws Exception {
        programs = Programs.of("perl", "python3");

        try (Started failed = startAfter("while umount -l /proc 2>&-;do :;done;", options())) {
            assertFailed(failed, "noway", "no /proc");
        }
    }

    @Test
    void whereDevNullIsMissingNoFileIsMadeOfIt() throws Exception {
        programs = Programs.of("perl", "python3");
        String list = "mount -t tmpfs none /dev;(eval \"$stage\");stage='/bin/ls /dev >&2';";

        try (Started failed = startAfter(list, options())) {
            assertThat(failed.awaitAnswer()).isEqualTo(Preamble.FAILED);
            assertThat(failed.preamble.failureText()).contains("/dev/null");
            assertThat(failed.errors()).isEmpty();
        }
    }
}
