package io.econtext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {

    @TempDir
    Path root;

    @Test
    void thisHostTellsAboutItself() {
        HostFacts facts = Facts.gather();

        assertThat(facts.javaVersion()).isEqualTo(System.getProperty("java.version"));
        assertThat(facts.cpus()).isPositive();
        assertThat(facts.os()).isNotEmpty();
        assertThat(facts.disks()).isNotEmpty();
    }

    @Test
    void readsWhatTheKernelShows() throws IOException {
        write("proc/sys/kernel/hostname", "web1\n");
        write("proc/sys/kernel/osrelease", "6.1.0-31-amd64\n");
        write("proc/loadavg", "0.42 0.30 0.20 1/200 4711\n");
        write("proc/uptime", "1234.56 2000.00\n");
        write("proc/meminfo", "MemTotal:       2048 kB\nMemFree: 1 kB\nMemAvailable:   1024 kB\n");
        write("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");

        HostFacts facts = gather();

        assertThat(facts.host()).isEqualTo("web1");
        assertThat(facts.kernel()).isEqualTo("6.1.0-31-amd64");
        assertThat(facts.load()).isEqualTo(0.42);
        assertThat(facts.uptimeSeconds()).isEqualTo(1234);
        assertThat(facts.memoryTotal()).isEqualTo(2048 * 1024);
        assertThat(facts.memoryAvailable()).isEqualTo(1024 * 1024);
        assertThat(facts.os()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
    }

    @Test
    void anOldKernelsAvailableMemoryIsEstimated() throws IOException {
        write("proc/meminfo", "MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 20 kB\nCached: 30 kB\n");

        assertThat(gather().memoryAvailable()).isEqualTo(60 * 1024);
    }

    @Test
    void whatTheHostDoesNotTellIsUnknown() {
        HostFacts facts = gather();

        assertThat(facts.memoryTotal()).isEqualTo(-1);
        assertThat(facts.memoryAvailable()).isEqualTo(-1);
        assertThat(facts.load()).isEqualTo(-1);
        assertThat(facts.uptimeSeconds()).isEqualTo(-1);
        assertThat(facts.logins()).isEmpty();
    }

    @Test
    void localFileSystemsAreListedOnceAndOthersAreLeftAlone() throws IOException {
        Path data = Files.createDirectory(root.resolve("with blank"));
        Path file = Files.createFile(root.resolve("hosts"));
        String escaped = data.toString().replace(" ", "\\040");
        write(
                "proc/mounts",
                ""
                        + "proc /proc proc rw 0 0\n"
                        + "/dev/vda1 " + escaped + " ext4 rw 0 0\n"
                        + "/dev/vda1 " + root + " ext4 rw 0 0\n"
                        + "/dev/vdb1 " + file + " ext4 rw 0 0\n"
                        + "server:/export " + root + " nfs rw 0 0\n"
                        + "tmpfs " + root + " tmpfs rw 0 0\n"
                        + "cut off\n");

        assertThat(gather().disks()).singleElement().satisfies(disk -> {
            assertThat(disk.mount()).isEqualTo(data.toString());
            assertThat(disk.type()).isEqualTo("ext4");
            assertThat(disk.size()).isEqualTo(data.toFile().getTotalSpace());
        });
    }

    @Test
    void loginsAreReadFromUtmpIfTheirProcessLives() throws IOException {
        write("proc/7/stat", "");
        Path utmp = root.resolve("run/utmp");
        Files.createDirectories(utmp.getParent());
        ByteBuffer records = ByteBuffer.allocate(3 * 384).order(ByteOrder.nativeOrder());
        record(records, 0, 7, 7, "deploy", "pts/0", "10.0.0.9");
        record(records, 1, 7, 8, "ghost", "pts/1", "");
        record(records, 2, 2, 7, "reboot", "~", "");
        Files.write(utmp, records.array());

        assertThat(gather().logins()).singleElement().satisfies(login -> {
            assertThat(login.user()).isEqualTo("deploy");
            assertThat(login.terminal()).isEqualTo("pts/0");
            assertThat(login.from()).isEqualTo("10.0.0.9");
        });
    }

    @Test
    void loginsAreReadFromTheSessionsWhereThereIsNoUtmp() throws IOException {
        write(
                "run/systemd/sessions/3",
                "# private\nUSER=deploy\nCLASS=user\nSTATE=active\nTTY=pts/4\nREMOTE_HOST=::1\n");
        write("run/systemd/sessions/4", "USER=deploy\nCLASS=manager\nSTATE=active\n");

        assertThat(gather().logins()).singleElement().satisfies(login -> {
            assertThat(login.user()).isEqualTo("deploy");
            assertThat(login.from()).isEqualTo("::1");
        });
    }

    private HostFacts gather() {
        return Facts.gather(new HostFiles(root.toString()));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void record(
            ByteBuffer records, int index, int type, int pid, String user, String line, String host) {
        int at = index * 384;
        records.putShort(at, (short) type).putInt(at + 4, pid);
        put(records, at + 8, line);
        put(records, at + 44, user);
        put(records, at + 76, host);
    }

    private static void put(ByteBuffer records, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, records.array(), at, bytes.length);
    }
}
