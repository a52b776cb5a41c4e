package io.econtext.tests.behaviour;

import io.econtext.ConnectBack;
import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
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
    CONNECT_BACK {
        @Override
        Place open(Path directory) {
            return (name, options) -> ConnectBack.through(Local.process().with(options))
                    .to("127.0.0.1", 0)
                    .listeningOn("127.0.0.1", 0)
                    .named(name)
                    .build();
        }

        @Override
        String end(String howItsProcessEnded) {
            // closed or reset
            return "connection";
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
    },
    /** A local process that another one started: all that is said goes through that. */
    VIA_LOCAL {
        @Override
        Place open(Path directory) {
            return new Place() {
                @Override
                public Way way(String name, ContextOptions options) {
                    return Local.process().named(name).with(options);
                }

                @Override
                public RemoteContext parent(Broker broker) {
                    return broker.define(Local.process().named("parent").with(Behaviour.PATIENT));
                }
            };
        }
    };

    /** Makes ready what contexts need to be started there, with files in {@code directory} only. */
    abstract Place open(Path directory) throws Exception;

    /** What is said of a context whose process ended in some way: that of one which called back is nobody's child here. */
    String end(String howItsProcessEnded) {
        return howItsProcessEnded;
    }

    /** Where contexts can be started. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        Way way(String name, ContextOptions options);

        /** Makes the context known that is to start the others; {@code null} for the controller itself. */
        default RemoteContext parent(Broker broker) {
            return null;
        }

        @Override
        default void close() {}
    }
}
