package io.econtext.tests.behaviour;

import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * Tests of what one broker and the contexts that it starts over one way in do. Used by one thread.
 *
 * <p>A context is ready, as starting one for each test would take most of the time. A test that ends, loses or fills up
 * its context starts one of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Behaviour {
    /** How long anything may take on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    static final ContextOptions PATIENT = ContextOptions.builder()
            .connectTimeout(PATIENCE)
            .callTimeout(PATIENCE)
            .build();

    @Parameter
    WayIn wayIn;

    Printed printed;
    Events events;
    Broker broker;
    RemoteContext context;
    /** What starts the contexts; {@code null} for this program. */
    RemoteContext parent;

    private WayIn.Place place;

    @BeforeParameterizedClassInvocation
    void start(WayIn over, @TempDir Path directory) throws Exception {
        place = over.open(directory);
        Here here = new Here();
        printed = here.printed;
        events = here.events;
        broker = here.broker;
        parent = place.parent(broker);
        context = connect("there");
    }

    @AfterParameterizedClassInvocation
    void stop() {
        if (broker != null) {
            broker.close();
            place.close();
        }
    }

    /** Starts another context. */
    RemoteContext connect(String name) {
        return connect(name, PATIENT);
    }

    RemoteContext connect(String name, ContextOptions options) {
        return define(name, options).connect();
    }

    /** Makes a context known that the first call starts. */
    RemoteContext define(String name, ContextOptions options) {
        return broker.define(name, place.way(name, options), parent);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }
}
