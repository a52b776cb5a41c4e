package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StartingTest {
    @AutoClose
    private final Broker broker = Broker.create();

    private final Starting starting = new Starting(Runnable::run, 6);
    private final List<String> started = new ArrayList<>();

    @Test
    void halfOfAParentsWorkersStartItsChildren() {
        ControlledContext parent = define("parent", null, 4);
        ControlledContext other = define("other", null, 1);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sessions.add(start("p" + i, parent));
        }
        for (int i = 0; i < 2; i++) {
            start("o" + i, other);
        }
        assertThat(started).containsExactly("p0", "p1", "o0");
        for (Session session : sessions) {
            session.up.completeExceptionally(new ConnectFailedException.Refused("x", "y", List.of(), null));
        }
        assertThat(started).containsExactly("p0", "p1", "o0", "p2", "p3", "p4");
    }

    private ControlledContext define(String name, ControlledContext via, int workers) {
        ContextOptions options = ContextOptions.builder().workers(workers).build();
        Way way = via == null ? Local.process().named(name).with(options) : new StartedThere(name, "made up", options);
        return (ControlledContext) broker.define(name, way, via);
    }

    private Session start(String name, ControlledContext via) {
        ControlledContext context = define(name, via, 1);
        Session session = new ViaSession(context, context.way(), via) {
            @Override
            void start() {
                started.add(name);
            }
        };
        starting.start(session);
        return session;
    }
}
