package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectBack;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts that call back from another host, whatever its Java, where nothing can be written. */
@NeedsContainers
class CallBackHostsIT {

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    static final Broker BROKER = Broker.create();

    @BeforeAll
    static void startHost() throws Exception {
        host = Hosts.jre().readOnly().start(ClientKeys.generate(directory));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 11, 17, 21, 25})
    void itOutlivesTheSshSessionThatItWasStartedBy(int java) throws Exception {
        String user = "java" + java;
        Way ssh = host.as(user).named(user).build();
        RemoteContext context = BROKER.connect(ConnectBack.through(ssh)
                .to(host.gateway(), 0)
                // ssh goes by a port of this machine, the call back doesn't
                .from(host.address())
                .build());
        assertThat(context.info().javaFeature()).isEqualTo(java);

        host.exec("sh", "-c", "pkill -KILL -f '^sshd[^:]*: " + user + "@' || true");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !host.processes(user).contains("sshd"));
        assertThat(context.exec("id", "-un").out()).isEqualToIgnoringNewLines(user);

        context.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> host.processes(user).isBlank());
    }
}
