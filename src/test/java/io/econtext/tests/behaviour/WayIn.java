package io.econtext.tests.behaviour;

import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.Way;
import io.econtext.broker.InProcess;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.LocalSshd;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The ways in that behaviours are shown over. */
enum WayIn {
    IN_PROCESS {
        @Override
        Place open(Path directory) {
            return (name, options) -> InProcess.context().named(name).with(options);
        }
    },
    LOCAL {
        @Override
        Place open(Path directory) {
            return (name, options) -> Local.process().named(name).with(options);
        }
    },
    SSH {
        @Override
        Place open(Path directory) throws Exception {
            Assumptions.assumeTrue(LocalSshd.canStart(), "no sshd can be started here");
            LocalSshd sshd = LocalSshd.start(ClientKeys.generate(directory));
            return new Place() {
                @Override
                public Way way(String name, ContextOptions options) {
                    return sshd.as(sshd.user()).named(name).with(options).build();
                }

                @Override
                public void close() {
                    sshd.close();
                }
            };
        }
    };

    /** Makes ready what contexts need to be started there, with files in {@code directory} only. */
    abstract Place open(Path directory) throws Exception;

    /** Where contexts can be started. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        Way way(String name, ContextOptions options);

        @Override
        default void close() {}
    }
}
