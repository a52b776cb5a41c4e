package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Call;
import io.econtext.CallTimeoutException;
import io.econtext.Delivery;
import io.econtext.RemoteContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OverEveryWay
class AsyncIT extends Behaviour {

    @Test
    void aFutureTellsTheResult() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 500)
                .mapToObj(i -> context.callAsync(There::square, i))
                .toList();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join()).isEqualTo(i * i);
        }
    }

    @Test
    void aFutureTellsTheFailure() {
        assertThatThrownBy(context.runAsync(There::fail)::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("failed");
    }

    @Test
    void cancellingAFutureInterruptsTheCall() {
        int interruptsBefore = context.call(There::interrupts);
        CompletableFuture<Void> call = context.runAsync(There::waitForEver);
        await().until(() -> context.call(There::waiting) > 0);
        call.cancel(true);
        await().until(() -> context.call(There::interrupts) == interruptsBefore + 1);
        assertThat(call).isCancelled();
    }

    @Test
    void aFutureThatIsCancelledAtOnceLeavesNoCallRunning() {
        for (int i = 0; i < 100; i++) {
            context.runAsync(There::waitForEver).cancel(true);
        }
        await().until(() -> context.call(There::waiting) == 0);
    }

    @Test
    void itIsToldWhetherACallHadToBeInterrupted() throws Exception {
        RemoteContext one = connect("one-worker", PATIENT.toBuilder().workers(1).build());
        CompletableFuture<Void> running = one.runAsync(There::sayAndWait, "begun");
        await().until(() ->
                !printed.lines(line -> line.message().equals("begun")).isEmpty());
        CompletableFuture<Integer> waiting = one.callAsync(There::square, 3);
        CompletableFuture<Integer> other = one.callAsync(There::square, 4);
        waiting.cancel(true);
        running.cancel(true);
        assertThat(other.join()).isEqualTo(16);
        await().untilAsserted(() -> assertThat(events.stoppedIn("one-worker"))
                .containsExactlyInAnyOrder(
                        new Events.Stopped("one-worker", "AsyncIT$There#sayAndWait", true),
                        new Events.Stopped("one-worker", "AsyncIT$There#square", false)));
        assertThatThrownBy(() -> one.withTimeout(Duration.ofMillis(300)).run(There::waitForEver))
                .isInstanceOf(CallTimeoutException.class);
        await().untilAsserted(() ->
                assertThat(events.stoppedIn("one-worker")).hasSize(3).last().matches(Events.Stopped::interrupted));
        assertThat(one.call(There::square, 5)).isEqualTo(25);
        assertThat(events.stuckIn("one-worker")).isEmpty();
        broker.remove("one-worker");
    }

    @Test
    void anInterruptOfTheWaitingThreadInterruptsTheCall() throws InterruptedException {
        int interruptsBefore = context.call(There::interrupts);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                context.run(There::waitForEver);
            } catch (InterruptedException | CancellationException e) {
                outcome.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("lost the interrupt"));
            }
        });
        caller.start();
        await().until(() -> context.call(There::waiting) > 0);
        caller.interrupt();
        assertThat(outcome.join())
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("There#waitForEver")
                .hasMessageContaining("there");
        caller.join();
        await().until(() -> context.call(There::interrupts) == interruptsBefore + 1);
    }

    @Test
    void theDeadlineEndsTheWaitAndInterruptsTheCall() {
        int interruptsBefore = context.call(There::interrupts);
        CallTimeoutException late = catchThrowableOfType(
                CallTimeoutException.class,
                () -> context.withTimeout(Duration.ofMillis(300)).run(There::waitForEver));
        assertThat(late)
                .hasMessageContaining("There#waitForEver")
                .hasMessageContaining("in there")
                .hasMessageContaining("300 ms");
        assertThat(late.delivery()).isEqualTo(Delivery.MAYBE_RAN);
        await().until(() -> context.call(There::interrupts) == interruptsBefore + 1);
    }

    @Test
    void theDeadlineEndsAFutureToo() {
        CompletableFuture<Void> call =
                context.invokeAsync(Call.running(There::waitForEver).withTimeout(Duration.ofMillis(300)));
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CallTimeoutException.class);
        await().until(() -> context.call(There::waiting) == 0);
    }

    @Test
    void aDeadlineMayBeAsFarAwayAsADurationGoes() {
        RemoteContext patient = context.withTimeout(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(patient.call(There::square, 3)).isEqualTo(9);
        assertThat(patient.callAsync(There::square, 4).join()).isEqualTo(16);
    }

    @Test
    void aCallThatIgnoresItsInterruptIsReportedAsStuckAndHoldsUpNobody() throws Exception {
        RemoteContext stubborn = connect(
                "stubborn",
                PATIENT.toBuilder().grace(Duration.ofMillis(200)).workers(1).build());
        assertThatThrownBy(() -> stubborn.withTimeout(Duration.ofMillis(300)).run(There::beStubborn))
                .isInstanceOf(CallTimeoutException.class);
        await().until(() -> !events.stuckIn("stubborn").isEmpty());
        assertThat(events.stuckIn("stubborn")).singleElement().satisfies(stuck -> {
            assertThat(stuck.what()).isEqualTo("AsyncIT$There#beStubborn");
            assertThat(stuck.stack()).contains("AsyncIT$There.beStubborn");
        });
        assertThat(broker.counters("stubborn").stuckCalls()).isEqualTo(1);
        assertThat(stubborn.call(There::square, 3))
                .as("in the place of the stuck worker")
                .isEqualTo(9);
        assertThat(events.stoppedIn("stubborn")).isEmpty();
        stubborn.run(There::giveIn);
        await().untilAsserted(() -> assertThat(events.stoppedIn("stubborn"))
                .as("after all")
                .containsExactly(new Events.Stopped("stubborn", "AsyncIT$There#beStubborn", true)));
        broker.remove("stubborn");
    }

    @Test
    void aCallWithoutAnAnswerRuns() throws Exception {
        context.post(Call.running(There::note, "posted"));
        await().until(() -> "posted".equals(context.call(There::noted)));
    }

    @Test
    void whatDependsOnAFutureMayCallAgain() {
        CompletableFuture<Integer> chained = context.callAsync(There::square, 3)
                .thenCompose(nine -> context.callAsync(There::square, nine))
                .thenApply(eightyOne -> context.call(There::square, eightyOne));
        assertThat(chained.join()).isEqualTo(6561);
    }

    /** Runs in the context. */
    static final class There {
        private static final AtomicInteger WAITING = new AtomicInteger();
        private static final AtomicInteger INTERRUPTS = new AtomicInteger();
        private static final CountDownLatch NEVER = new CountDownLatch(1);
        private static volatile boolean gaveIn;
        private static volatile String note;

        static int square(int i) {
            return i * i;
        }

        static void fail() throws IOException {
            throw new IOException("failed");
        }

        static void sayAndWait(String text) throws InterruptedException {
            Logger.getLogger("there").info(text);
            waitForEver();
        }

        static void waitForEver() throws InterruptedException {
            WAITING.incrementAndGet();
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                INTERRUPTS.incrementAndGet();
                throw e;
            } finally {
                WAITING.decrementAndGet();
            }
        }

        static int waiting() {
            return WAITING.get();
        }

        static int interrupts() {
            return INTERRUPTS.get();
        }

        static void beStubborn() {
            while (!gaveIn) {
                Thread.onSpinWait();
            }
        }

        static void giveIn() {
            gaveIn = true;
        }

        static void note(String text) {
            note = text;
        }

        static String noted() {
            return note;
        }
    }
}
