package io.econtext.tests.behaviour;

import static io.econtext.ContextState.CONNECTED;
import static io.econtext.ContextState.CONNECTING;
import static io.econtext.ContextState.LOST;
import static io.econtext.ContextState.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Backoff;
import io.econtext.CallChain;
import io.econtext.ChainFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.Delivery;
import io.econtext.RemoteContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OverProcesses
class LossesIT extends Behaviour {
    private static final ContextOptions COMING_BACK = PATIENT.toBuilder()
            .reconnect(Backoff.of(Duration.ofMillis(10), Duration.ofSeconds(1)))
            .build();

    @Test
    void aKilledContextSaysSoAndComesBack() {
        RemoteContext victim = connect("victim", COMING_BACK);
        int id = victim.id();
        Counter counter = victim.proxy(Counter.class, CounterThere::new);
        assertThat(counter.next()).isEqualTo(1);
        CompletableFuture<Void> waiting = victim.runAsync(Thread::sleep, 600_000L);
        victim.ping();
        ProcessHandle.of(victim.info().pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(waiting::join).cause().isInstanceOfSatisfying(ContextLostException.class, lost -> {
            assertThat(lost).hasMessageContaining(wayIn.end("killed by signal"));
            assertThat(lost.delivery()).isEqualTo(Delivery.MAYBE_RAN);
        });
        await().until(() -> victim.state() == CONNECTED && victim.id() != id);
        assertThat(counter.next()).as("made anew").isEqualTo(1);
        await().untilAsserted(() -> assertThat(events.statesOf("victim"))
                .containsExactly(CONNECTING, CONNECTED, LOST, RECONNECTING, CONNECTED));
        assertThat(events.changesOf("victim").get(2).reason()).contains(wayIn.end("killed by signal"));
        broker.remove("victim");
    }

    @Test
    void callsOfAChainThatAreUnderWayFailWithTheirContext() {
        RemoteContext victim = connect("chained");
        try (CallChain chain = victim.chain()) {
            CompletableFuture<Void> running = chain.runAsync(Thread::sleep, 600_000L);
            CompletableFuture<Void> behind = chain.runAsync(There::nothing);
            chain.reset();
            CompletableFuture<Void> afterTheReset = chain.runAsync(There::nothing);
            await().until(() -> victim.call(There::isAsleep));
            ProcessHandle.of(victim.info().pid()).orElseThrow().destroyForcibly();
            for (CompletableFuture<Void> call : List.of(running, behind, afterTheReset)) {
                assertThatThrownBy(call::join)
                        .cause()
                        .isInstanceOfSatisfying(
                                ContextLostException.class,
                                lost -> assertThat(lost.delivery()).isEqualTo(Delivery.MAYBE_RAN));
            }
            assertThatThrownBy(() -> chain.run(There::nothing)).isInstanceOf(ChainFailedException.class);
            chain.reset();
            chain.run(There::nothing);
        }
        broker.remove("chained");
    }

    @Test
    void anExitIsToldWithItsStatus() {
        RemoteContext leaver = connect("leaver");
        assertThatThrownBy(() -> leaver.run(There::halt, 3))
                .isInstanceOf(ContextLostException.class)
                .hasMessageContaining(wayIn.end("exit status 3"));
        assertThatThrownBy(() -> leaver.run(System::exit, 4))
                .isInstanceOf(ContextLostException.class)
                .hasMessageContaining("System.exit called by")
                .hasMessageContaining(wayIn.end("exit status 4"));
        broker.remove("leaver");
    }

    @Test
    void aCallRightAfterTheEndStartsAnotherLife() {
        RemoteContext leaver = connect("another");
        for (int i = 0; i < 5; i++) {
            int id = leaver.id();
            assertThatThrownBy(() -> leaver.run(System::exit, 0)).isInstanceOf(ContextLostException.class);
            if (i % 2 == 0) {
                leaver.ping();
            } else {
                leaver.runAsync(There::nothing).join();
            }
            assertThat(leaver.id()).isNotEqualTo(id);
        }
        broker.remove("another");
    }

    @Test
    void aBusyContextIsNotTakenForASilentOne() {
        Duration heartbeat = Duration.ofMillis(300);
        RemoteContext busy = connect(
                "busy", PATIENT.toBuilder().heartbeat(heartbeat).workers(4).build());
        CompletableFuture<?>[] calls = new CompletableFuture<?>[8];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = busy.runAsync(There::compute, heartbeat.toMillis() * 10);
        }
        CompletableFuture.allOf(calls).join();
        assertThat(events.statesOf("busy")).containsExactly(CONNECTING, CONNECTED);
        broker.remove("busy");
    }

    interface Counter {
        int next();
    }

    static final class CounterThere implements Counter {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public int next() {
            return count.incrementAndGet();
        }
    }

    /** Runs in the context. */
    static final class There {
        static void halt(int status) {
            Runtime.getRuntime().halt(status);
        }

        static void nothing() {}

        static boolean isAsleep() {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getKey().getName().equals("econtext-worker"))
                    .flatMap(thread -> Stream.of(thread.getValue()))
                    .anyMatch(frame -> frame.getMethodName().equals("sleep"));
        }

        static void compute(long millis) {
            long end = System.nanoTime() + millis * 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }
}
