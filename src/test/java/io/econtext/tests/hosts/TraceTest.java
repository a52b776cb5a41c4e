package io.econtext.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[pid 7] openat(AT_FDCWD, \"/tmp/x\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3",
                "open(\"/home/deploy/x\", O_RDWR) = 3",
                "mkdir(\"/tmp/hsperfdata_deploy\", 0755) = 0",
                "mkdirat(AT_FDCWD, \"/tmp/x\", 0755) = 0",
                "unlink(\"/tmp/x\") = 0",
                "renameat2(AT_FDCWD, \"/tmp/x\", AT_FDCWD, \"/tmp/y\", RENAME_NOREPLACE) = 0",
                "openat(AT_FDCWD, \"/dev/shm/x\", O_RDWR|O_CREAT|O_EXCL, 0600) = 3",
                "openat(AT_FDCWD, \"/tmp\", O_RDWR|O_TMPFILE, 0600) = 3",
                "[pid 7] fchmodat(AT_FDCWD, \"/tmp/x\", 0755) = 0"
            })
    void isAWrite(String call) {
        assertThat(Trace.isWrite(call)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY|O_CLOEXEC) = 3",
                "openat(AT_FDCWD, \"/dev/null\", O_RDWR) = 3",
                "openat(AT_FDCWD, \"/proc/self/oom_score_adj\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3",
                "readlink(\"/proc/self/exe\", \"/usr/bin/dash\", 4096) = 13",
                "execve(\"/usr/bin/unlink\", [\"unlink\"], 0x7ffd /* 7 vars */) = 0",
                "newfstatat(AT_FDCWD, \"/tmp\", {st_mode=S_IFDIR}, 0) = 0"
            })
    void isNone(String call) {
        assertThat(Trace.isWrite(call)).isFalse();
    }
}
