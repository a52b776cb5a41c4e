package io.econtext.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsContainers
class HostsIT {

    @TempDir
    static Path directory;

    @AutoClose
    static Host jre;

    @BeforeAll
    static void startTheHostWithEveryJava() throws Exception {
        jre = Hosts.jre().readOnly().start(ClientKeys.generate(directory));
    }

    @Test
    void anSshServerAnswers() throws Exception {
        assertThat(banner(jre)).startsWith("SSH-2.0-OpenSSH");
    }

    @ParameterizedTest
    @CsvSource({"8, 1.8.0", "11, 11.", "17, 17.", "21, 21.", "25, 25."})
    void everyJavaRunsOnAReadOnlyHost(String name, String version) throws Exception {
        assertThat(jre.exec("/opt/java/" + name + "/bin/java", "-version")).contains("version \"" + version);
    }

    @Test
    void aReadOnlyHostRefusesEveryWrite() {
        assertThatThrownBy(() -> jre.exec("touch", "/tmp/x")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> jre.exec("touch", "/home/deploy/x")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> jre.exec("touch", "/run/x")).hasMessageContaining("Read-only file system");
    }

    @Test
    void knownHostsHoldTheKeyOfTheServer() throws Exception {
        String key = jre.exec("cat", "/etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
        assertThat(Files.readString(jre.knownHosts()))
                .isEqualTo("[127.0.0.1]:" + jre.port() + " ssh-ed25519 " + key + "\n");
    }

    @ParameterizedTest
    @CsvSource({"perl, true, false, true", "python, false, true, true", "plain, false, false, true"})
    void aBareHostHasOnlyWhatItIsNamedAfter(String name, boolean perl, boolean python, boolean java) throws Exception {
        HostOptions options = switch (name) {
            case "perl" -> Hosts.perl();
            case "python" -> Hosts.python();
            default -> Hosts.plain();
        };
        try (Host host = options.start(jre.keys())) {
            assertThat(has(host, "perl")).isEqualTo(perl);
            assertThat(has(host, "python3")).isEqualTo(python);
            assertThat(has(host, "java")).isEqualTo(java);
            assertThat(banner(host)).startsWith("SSH-2.0-OpenSSH");
        }
    }

    @Test
    void aHostWithoutJavaHasNone() throws Exception {
        try (Host host = Hosts.noJava().start(jre.keys())) {
            assertThat(has(host, "java")).isFalse();
            assertThatThrownBy(() -> host.exec("ls", "/usr/lib/jvm")).hasMessageContaining("No such file");
        }
    }

    @Test
    void theOldJavaFailsLikeJava7() throws Exception {
        try (Host host = Hosts.oldJava().start(jre.keys())) {
            assertThat(host.exec("java", "-version")).contains("java version \"1.7.0");
            assertThatThrownBy(() -> host.exec("java", "-XX:+IgnoreUnrecognizedVMOptions", "-jar", "x.jar"))
                    .hasMessageContaining("UnsupportedClassVersionError");
        }
    }

    @Test
    void sharedMemoryIsAsSmallAsAskedForOrMissing() throws Exception {
        try (Host small = Hosts.plain().sharedMemory(1 << 20).start(jre.keys());
                Host none = Hosts.plain().readOnly().noSharedMemory().start(jre.keys())) {
            assertThat(small.exec("df", "--output=size", "/dev/shm")).contains("1024");
            assertThatThrownBy(() -> none.exec("touch", "/dev/shm/x")).isInstanceOf(IOException.class);
        }
    }

    private static boolean has(Host host, String program) throws Exception {
        return host.exec("sh", "-c", "command -v " + program + " || echo none").startsWith("/");
    }

    private static String banner(SshServer server) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return new String(socket.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
        }
    }
}
