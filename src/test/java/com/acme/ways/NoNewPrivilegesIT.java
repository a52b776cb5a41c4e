package com.acme.ways;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The way in of the docs does what they say, and is no longer than they say. */
class NoNewPrivilegesIT {
    private static final NoNewPrivileges WAY = new NoNewPrivileges("confined", ContextOptions.DEFAULTS);

    @AutoClose
    final Broker broker = Broker.create();

    @Test
    void aContextStartedByItCantBecomeAnotherUser() {
        assertThat(privileges(broker.connect(WAY))).isEqualTo("NoNewPrivs:\t1");
    }

    @Test
    void itWorksFromAnyOtherContextAsWell() {
        RemoteContext local = broker.connect(Local.process());

        assertThat(privileges(local)).isEqualTo("NoNewPrivs:\t0");
        assertThat(privileges(local.connect(WAY))).isEqualTo("NoNewPrivs:\t1");
    }

    private static String privileges(RemoteContext context) {
        return context.exec("grep", "NoNewPrivs", "/proc/self/status").out().trim();
    }

    @Test
    void theDocsHaveAllOfIt() throws Exception {
        Path root = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("../..");
        String source = Files.readString(root.resolve("src/test/java/com/acme/ways/NoNewPrivileges.java"));

        assertThat(source.lines().count()).isLessThanOrEqualTo(30);
        assertThat(Files.readString(root.resolve("docs/ways/your-own.md"))).contains("```java\n" + source + "```");
    }
}
