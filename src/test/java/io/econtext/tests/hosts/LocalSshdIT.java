package io.econtext.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsSshd
class LocalSshdIT {

    @TempDir
    Path directory;

    @Test
    void ourKeyLetsUsIn() throws Exception {
        try (LocalSshd sshd = LocalSshd.start(ClientKeys.generate(directory))) {
            assertThat(SshClients.runWithKey(sshd, sshd.user(), sshd.keys().plain(), "id -un"))
                    .endsWith(sshd.user());
        }
    }

    @Test
    void twoServersRunBesideEachOther() throws Exception {
        ClientKeys keys = ClientKeys.generate(directory);
        try (LocalSshd one = LocalSshd.start(keys);
                LocalSshd other = LocalSshd.start(keys, "MaxSessions 1")) {
            assertThat(SshClients.runWithKey(one, one.user(), keys.plain(), "echo one"))
                    .endsWith("one");
            assertThat(SshClients.runWithKey(other, other.user(), keys.plain(), "echo other"))
                    .endsWith("other");
        }
    }

    @Test
    void aClosedServerLeavesNoProcess() throws Exception {
        LocalSshd sshd = LocalSshd.start(ClientKeys.generate(directory));
        List<ProcessHandle> processes = List.of(sshd.process());
        sshd.close();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
}
