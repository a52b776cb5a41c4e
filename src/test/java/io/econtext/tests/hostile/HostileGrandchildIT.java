package io.econtext.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.InProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A child of a child of the controller lies: its parent refuses it, tells the controller, and goes on, as do the parent's
 * other child and the controller's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileGrandchildIT implements BrokerListener {
    private static final ContextOptions PATIENT = ContextOptions.builder()
            .connectTimeout(Patience.LONG)
            .callTimeout(Patience.LONG)
            .build();

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private Warnings warnings;
    private Broker broker;
    private RemoteContext parent;
    private List<HonestCaller> callers;

    @BeforeAll
    void start() {
        warnings = new Warnings();
        broker = Broker.builder().listener(this).build();
        RemoteContext cousin =
                broker.connect(InProcess.context().named("cousin").with(PATIENT));
        assertThat(cousin.id()).isEqualTo(HeaderLies.SIBLING);
        parent = broker.connect(Local.process().named("parent").with(PATIENT));
        RemoteContext sibling = parent.connect(Local.process().named("sibling").with(PATIENT));
        callers = Stream.of(cousin, parent, sibling).map(HonestCaller::new).toList();
    }

    @AfterEach
    void assertAllOthersUnharmed() {
        callers.forEach(HonestCaller::assertUnharmed);
        assertThat(warnings.of("cousin")).isEmpty();
        assertThat(warnings.of("parent")).isEmpty();
        assertThat(warnings.of("sibling")).isEmpty();
    }

    @AfterAll
    void stop() {
        callers.forEach(HonestCaller::close);
        broker.close();
        warnings.close();
    }

    static Stream<ToldLie> fatal() {
        return Lies.fatal().stream();
    }

    /** What costs a neighbour its link may have come from further away, and is refused alone then. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fatal")
    void gainsNothingByALieThatCostsANeighbourItsLink(ToldLie lie) {
        RemoteContext hostile = connect(name(lie), lie);
        String name = hostile.name();
        try {
            hostile.run(Questions::nothing);
        } catch (ContextLostException e) {
            Patience.await().until(() -> hostile.state() == ContextState.LOST);
        }
        if (lie.outcome() == ToldLie.Outcome.LOSES_LINK) {
            assertRefused(name);
            assertThat(broker.counters(name).refused()).isPositive();
        } else {
            assertThat(hostile.state()).isEqualTo(ContextState.LOST);
        }
        broker.remove(name);
    }

    @Test
    void gainsNothingByAnyLie() {
        RemoteContext hostile = connect("mallory", new Lies.OneByOne());
        String name = hostile.name();
        List<ToldLie> lies = Lies.bearable();
        for (ToldLie lie : lies) {
            hostile.run(Questions::nothing);
        }
        long atLeast = lies.stream()
                .filter(lie -> lie.outcome() == ToldLie.Outcome.REFUSED)
                .count();
        Patience.await().until(() -> broker.counters(name).refused() >= atLeast);
        assertRefused(name);
        assertThat(hostile.state()).isEqualTo(ContextState.CONNECTED);
        broker.remove(name);
    }

    static Stream<FalseBoot> boots() {
        return FalseBoot.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boots")
    void gainsNothingByAFalseBoot(FalseBoot lie) {
        ContextOptions hasty =
                PATIENT.toBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        boolean waits = lie.failure() == ConnectFailedException.TimedOut.class;
        assertThatThrownBy(() -> parent.connect(HostileProgram.way(name(lie), waits ? hasty : PATIENT, lie.name())))
                .isInstanceOf(lie.failure());
    }

    private RemoteContext connect(String name, Lie lie) {
        return parent.connect(HostileProgram.way(name, PATIENT, lie.name()));
    }

    private static String name(Lie lie) {
        return "mallory-" + Integer.toHexString(lie.name().hashCode());
    }

    private void assertRefused(String name) {
        Patience.await().until(() -> refused.contains(name));
        Patience.await().until(() -> !warnings.of(name).isEmpty());
    }

    @Override
    public void refused(RemoteContext context, String why) {
        refused.add(context.name());
    }
}
