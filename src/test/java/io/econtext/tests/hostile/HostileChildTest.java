package io.econtext.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Channel;
import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.ContextCounters;
import io.econtext.broker.InProcess;
import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A child of the controller lies in every way there is: each lie is refused, logged once with its name and counted, costs
 * at most its own link, and an honest context's calls go on meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileChildTest implements LogSink, BrokerListener {
    private static final ContextOptions PATIENT = ContextOptions.builder()
            .connectTimeout(Patience.LONG)
            .callTimeout(Patience.LONG)
            .heartbeat(Patience.LONG)
            .build();

    private static final ContextOptions HASTY = ContextOptions.builder()
            .connectTimeout(Duration.ofMillis(300))
            .callTimeout(Patience.LONG)
            .build();

    private final Queue<LogLine> lines = new ConcurrentLinkedQueue<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private Warnings warnings;
    private Broker broker;
    private RemoteContext honest;
    private CompletableFuture<?> waiting;
    private Channel<String> channel;
    private HonestCaller caller;

    @BeforeAll
    void start() throws Exception {
        warnings = new Warnings();
        broker = Broker.builder()
                .connector(new HostileWay.Starter())
                .listener(this)
                .logSink(this)
                .build();
        honest = broker.connect(InProcess.context().named("honest").with(PATIENT));
        assertThat(honest.id()).isEqualTo(HeaderLies.SIBLING);
        waiting = honest.withTimeout(Duration.ofHours(1)).runAsync(Questions::waitForEver);
        channel = honest.open(Questions::say, "honest");
        assertThat(channel.receive()).isEqualTo("honest");
        caller = new HonestCaller(honest);
    }

    @AfterAll
    void stop() {
        assertThat(waiting).isNotDone();
        assertThat(channel.isEnded()).isFalse();
        assertThat(lines)
                .filteredOn(line -> line.context().equals("honest"))
                .allMatch(line -> line.message().startsWith("refused "));
        assertThat(lines).noneMatch(line -> line.message().contains(HeaderLies.FORGED));
        caller.close();
        channel.close();
        broker.close();
        warnings.close();
    }

    static Stream<ToldLie> lies() {
        return Lies.told().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void gainsNothingByALie(ToldLie lie) {
        String name = name(lie);
        RemoteContext hostile = connect(lie, PATIENT);
        switch (lie.outcome()) {
            case REFUSED -> {
                hostile.run(Questions::nothing);
                hostile.run(Questions::nothing);
                assertRefused(name);
                assertThat(hostile.state()).isEqualTo(ContextState.CONNECTED);
                assertThat(counters(name).refused()).isGreaterThan(1);
            }
            case LOSES_LINK -> {
                assertThatThrownBy(() -> hostile.run(Questions::nothing)).isInstanceOf(ContextLostException.class);
                assertRefused(name);
                assertThat(hostile.state()).isEqualTo(ContextState.LOST);
                assertThat(counters(name).refused()).isEqualTo(1);
            }
            case DIES -> {
                assertThatThrownBy(() -> hostile.run(Questions::nothing)).isInstanceOf(ContextLostException.class);
                assertThat(counters(name).refused()).isZero();
            }
            case IGNORED -> {
                hostile.run(Questions::nothing);
                hostile.run(Questions::nothing);
                assertThat(counters(name).refused()).isZero();
            }
        }
        caller.assertUnharmed();
        broker.remove(name);
        assertThat(warnings.of(name).size()).isLessThanOrEqualTo(lie.outcome() == ToldLie.Outcome.IGNORED ? 1 : 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.econtext.tests.hostile.FalseReply#all")
    void gainsNothingByAFalseReply(FalseReply lie) {
        String name = name(lie);
        RemoteContext hostile = connect(lie, PATIENT);
        assertThatThrownBy(() -> hostile.call(Questions::text)).isInstanceOf(lie.thrown());
        if (lie.counted()) {
            assertRefused(name);
            assertThat(counters(name).refused()).isEqualTo(1);
        } else {
            assertThat(counters(name).refused()).isZero();
        }
        caller.assertUnharmed();
        broker.remove(name);
    }

    /** Each of its answers is waited for, as a line that is to come before it never does. */
    @Test
    void whoNamesLinesThatNeverComeHoldsUpItsOwnCallsOnly() {
        RemoteContext hostile = connect(
                new FalseReply(
                        "names lines that never come",
                        Throwable.class,
                        false,
                        (child, call) -> child.reply(call, Body.reply(0, 1_000_000))),
                PATIENT);
        List<CompletableFuture<Void>> held = Stream.generate(() -> hostile.runAsync(Questions::nothing))
                .limit(12)
                .toList();
        assertThat(honest.callAsync(Questions::text).join()).isEqualTo("honest");
        assertThat(held).filteredOn(CompletableFuture::isDone).hasSizeLessThan(6);
        held.forEach(CompletableFuture::join);
        broker.remove(hostile.name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.econtext.tests.hostile.FalseBoot#all")
    void gainsNothingByAFalseBoot(FalseBoot lie) {
        boolean waits = lie.failure() == ConnectFailedException.TimedOut.class;
        assertThatThrownBy(() -> connect(lie, waits ? HASTY : PATIENT))
                .isInstanceOf(lie.failure())
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\u001b", "\0"));
        caller.assertUnharmed();
    }

    private static String name(Lie lie) {
        return "mallory-" + Integer.toHexString(lie.name().hashCode());
    }

    private RemoteContext connect(Lie lie, ContextOptions options) {
        return broker.connect(new HostileWay(name(lie), options, lie));
    }

    private ContextCounters counters(String name) {
        return broker.counters(name);
    }

    /** Listeners are told on threads of their own. */
    private void assertRefused(String name) {
        Patience.await().until(() -> !refused.isEmpty() && refused.contains(name));
        Patience.await().until(() -> !warnings.of(name).isEmpty());
    }

    @Override
    public void refused(RemoteContext context, String why) {
        refused.add(context.name());
    }

    @Override
    public int level(String context) {
        return java.util.logging.Level.INFO.intValue();
    }

    @Override
    public void logged(LogLine line) {
        lines.add(line);
    }

    @Override
    public void dropped(String context, long number) {}
}
