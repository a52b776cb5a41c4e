package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.CallTimeoutException;
import io.econtext.ChainFailedException;
import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.UndeliverableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OverEveryWay
class ChainsIT extends Behaviour {
    private CallChain chain;

    @BeforeEach
    void open() {
        context.run(There::prepare);
        chain = context.chain();
    }

    @AfterEach
    void close() {
        context.run(There::release);
        chain.close();
    }

    @Test
    void callsRunOneAtATimeInTheOrderInWhichTheyWereMade() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 300)
                .mapToObj(i -> chain.callAsync(There::note, i))
                .toList();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join()).isEqualTo(i);
        }
        assertThat(context.call(There::noted))
                .isEqualTo(IntStream.range(0, 300).boxed().toList());
        assertThat(context.call(There::mostAtATime)).isEqualTo(1);
    }

    @Test
    void aShortCallDoesNotPassALongOne() {
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i += 2) {
            calls.add(chain.callAsync(There::noteWith, i, new byte[512 << 10]));
            calls.add(chain.callAsync(There::note, i + 1));
        }
        calls.forEach(CompletableFuture::join);
        assertThat(context.call(There::noted))
                .isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void callsAreSentBeforeTheEarlierOnesHaveEnded() {
        CompletableFuture<Void> first = chain.runAsync(There::block);
        CompletableFuture<Integer> second = chain.callAsync(There::note, 2);
        awaitBlocked();
        assertThat(context.call(There::noted))
                .as("calls outside the chain go on")
                .isEmpty();
        context.run(There::release);
        first.join();
        assertThat(second.join()).isEqualTo(2);
    }

    @Test
    void behindTheFirstFailureNoneIsRun() {
        chain.post(Call.of(There::note, 1));
        CompletableFuture<Void> failed = chain.runAsync(There::fail);
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 2);
        assertThatThrownBy(failed::join).cause().isInstanceOf(IOException.class).hasMessage("failed");
        assertThatThrownBy(behind::join)
                .cause()
                .isInstanceOfSatisfying(
                        ChainFailedException.class,
                        e -> assertThat(e.failedCall()).isEqualTo("ChainsIT$There#fail"))
                .hasMessageContaining("ChainsIT$There#note in there was not run")
                .hasMessageContaining("ChainsIT$There#fail")
                .cause()
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> chain.call(There::note, 3)).isInstanceOf(ChainFailedException.class);
        assertThat(context.call(There::noted)).containsExactly(1);
    }

    @Test
    void whoWaitsGetsTheFailureItselfAndItsOwnStack() {
        assertThatThrownBy(() -> chain.run(There::fail))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getStackTrace()[0].getClassName()).startsWith(ChainsIT.class.getName()));
        ChainFailedException behind =
                catchThrowableOfType(ChainFailedException.class, () -> chain.call(There::note, 1));
        assertThat(behind).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aFailureOfACallThatNobodyWaitsForIsToldByTheNext() {
        chain.post(Call.running(There::fail));
        assertThatThrownBy(() -> chain.call(There::note, 1))
                .isInstanceOf(ChainFailedException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(context.call(There::noted)).isEmpty();
    }

    @Test
    void aLongFailureExplainsThoseBehindIt() {
        CompletableFuture<Void> failed = chain.runAsync(There::failAtLength);
        List<CompletableFuture<Integer>> behind = IntStream.range(0, 50)
                .mapToObj(i -> chain.callAsync(There::note, i))
                .toList();
        assertThat(behind)
                .allSatisfy(call -> assertThatThrownBy(call::join).cause().isInstanceOf(ChainFailedException.class));
        assertThat(failed).isCompletedExceptionally();
        assertThat(context.call(There::noted)).isEmpty();
    }

    @Test
    void aResultThatCannotTravelFailsTheChain() {
        assertThatThrownBy(() -> chain.call(There::knot)).isInstanceOf(NotPortableException.class);
        assertThatThrownBy(() -> chain.call(There::note, 1)).isInstanceOf(ChainFailedException.class);
    }

    @Test
    void aResetGoesOnBehindWhatWasMadeBefore() {
        CompletableFuture<Void> blocked = chain.runAsync(There::block);
        CompletableFuture<Void> failed = chain.runAsync(There::fail);
        CompletableFuture<Integer> notRun = chain.callAsync(There::note, 1);
        chain.reset();
        CompletableFuture<Integer> anew = chain.callAsync(There::note, 2);
        awaitBlocked();
        context.run(There::release);
        assertThat(anew.join()).isEqualTo(2);
        assertThat(blocked.join()).isNull();
        assertThatThrownBy(failed::join).cause().isInstanceOf(IOException.class);
        assertThatThrownBy(notRun::join).cause().isInstanceOf(ChainFailedException.class);
        assertThat(chain.call(There::note, 3)).isEqualTo(3);
        assertThat(context.call(There::noted)).containsExactly(2, 3);
        assertThat(context.call(There::mostAtATime)).isEqualTo(1);
    }

    @Test
    void chainsDoNotDisturbEachOther() throws IOException {
        try (CallChain other = context.chain();
                CallChain third = context.withTimeout(PATIENCE).chain()) {
            chain.runAsync(There::block);
            assertThatThrownBy(() -> other.run(There::fail)).isInstanceOf(IOException.class);
            awaitBlocked();
            assertThat(third.call(There::note, 1)).isEqualTo(1);
            context.run(There::release);
            assertThat(chain.call(There::note, 2)).isEqualTo(2);
            assertThatThrownBy(() -> other.call(There::note, 3)).isInstanceOf(ChainFailedException.class);
        }
        assertThat(context.call(There::noted)).containsExactly(1, 2);
    }

    @Test
    void moreChainsThanWorkersAllGoOn() {
        RemoteContext two =
                connect("two-workers", PATIENT.toBuilder().workers(2).build());
        List<CallChain> chains =
                IntStream.range(0, 10).mapToObj(i -> two.chain()).toList();
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 200)
                .mapToObj(i -> chains.get(i % 10).callAsync(There::note, i))
                .toList();
        calls.forEach(CompletableFuture::join);
        List<Integer> noted = two.call(There::noted);
        for (int c = 0; c < 10; c++) {
            int of = c;
            assertThat(noted.stream().filter(i -> i % 10 == of).toList())
                    .hasSize(20)
                    .isSorted();
        }
        assertThat(two.call(There::mostAtATime)).isLessThanOrEqualTo(2);
        broker.remove("two-workers");
    }

    @Test
    void aCancelledCallFailsTheChainAndIsInterrupted() {
        CompletableFuture<Void> running = chain.runAsync(There::block);
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 1);
        awaitBlocked();
        running.cancel(true);
        assertThatThrownBy(behind::join)
                .cause()
                .isInstanceOf(ChainFailedException.class)
                .hasCauseInstanceOf(CancellationException.class);
        await().until(() -> context.call(There::interrupts) == 1);
        assertThatThrownBy(() -> chain.call(There::note, 2)).isInstanceOf(ChainFailedException.class);
        assertThat(context.call(There::noted)).isEmpty();
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsStopsOnlyThoseBehindIt() {
        CompletableFuture<Void> running = chain.runAsync(There::block);
        CompletableFuture<Integer> before = chain.callAsync(There::note, 1);
        CompletableFuture<Integer> cancelled = chain.callAsync(There::note, 2);
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 3);
        awaitBlocked();
        cancelled.cancel(true);
        assertThatThrownBy(behind::join).cause().isInstanceOf(ChainFailedException.class);
        context.run(There::release);
        assertThat(running.join()).isNull();
        assertThat(before.join()).isEqualTo(1);
        assertThat(context.call(There::noted)).containsExactly(1);
    }

    @Test
    void aCallWhoseDeadlinePassesFailsTheChain() {
        Call<Void, InterruptedException> late = Call.running(There::block).withTimeout(Duration.ofMillis(300));
        CompletableFuture<Void> running = chain.invokeAsync(late);
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 1);
        assertThatThrownBy(running::join).cause().isInstanceOf(CallTimeoutException.class);
        assertThatThrownBy(behind::join)
                .cause()
                .isInstanceOf(ChainFailedException.class)
                .hasCauseInstanceOf(CallTimeoutException.class);
        chain.reset();
        assertThatThrownBy(() -> chain.invoke(late)).isInstanceOf(CallTimeoutException.class);
        await().until(() -> context.call(There::interrupts) == 2);
        assertThat(context.call(There::noted)).isEmpty();
    }

    @Test
    void aCallThatIgnoresItsInterruptHoldsUpNobodyBehindIt() {
        CompletableFuture<Void> stubborn =
                chain.invokeAsync(Call.running(There::beStubborn).withTimeout(Duration.ofMillis(300)));
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 1);
        assertThatThrownBy(stubborn::join).cause().isInstanceOf(CallTimeoutException.class);
        assertThatThrownBy(behind::join).cause().isInstanceOf(ChainFailedException.class);
        chain.reset();
        CompletableFuture<Integer> anew = chain.callAsync(There::note, 2);
        assertThat(context.call(There::noted)).as("it still runs").isEmpty();
        context.run(There::release);
        assertThat(anew.join()).isEqualTo(2);
        assertThat(context.call(There::mostAtATime)).isEqualTo(1);
    }

    @Test
    void anInterruptOfTheWaitingThreadFailsTheChain() throws InterruptedException {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                chain.run(There::block);
            } catch (InterruptedException | CancellationException e) {
                outcome.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("lost the interrupt"));
            }
        });
        caller.start();
        awaitBlocked();
        caller.interrupt();
        assertThat(outcome.join()).isInstanceOf(CancellationException.class);
        caller.join();
        await().until(() -> context.call(There::interrupts) == 1);
        assertThatThrownBy(() -> chain.call(There::note, 1))
                .isInstanceOf(ChainFailedException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void aChainOfAContextThatWasLostFailsUntilItIsReset() {
        RemoteContext brief = connect("brief");
        try (CallChain of = brief.chain()) {
            assertThat(of.call(There::note, 1)).isEqualTo(1);
            brief.close();
            brief.connect();
            ContextLostException lost = catchThrowableOfType(ContextLostException.class, () -> of.call(There::note, 2));
            assertThat(lost.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThatThrownBy(() -> of.call(There::note, 3))
                    .isInstanceOf(ChainFailedException.class)
                    .hasCause(lost);
            of.reset();
            assertThat(of.call(There::note, 4)).isEqualTo(4);
            assertThat(brief.call(There::noted)).containsExactly(4);
        }
        broker.remove("brief");
    }

    @Test
    void aChainConnectsItsContext() {
        RemoteContext later = define("later", PATIENT);
        try (CallChain of = later.chain()) {
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> of.callAsync(There::note, i))
                    .toList();
            calls.forEach(CompletableFuture::join);
            assertThat(later.call(There::noted)).hasSize(50).isSorted();
        }
        broker.remove("later");
    }

    @Test
    void aClosedChainFinishesWhatWasMadeAndTakesNoMore() {
        CompletableFuture<Void> blocked = chain.runAsync(There::block);
        CompletableFuture<Integer> behind = chain.callAsync(There::note, 1);
        chain.close();
        assertThatThrownBy(() -> chain.call(There::note, 2)).isInstanceOf(IllegalStateException.class);
        awaitBlocked();
        context.run(There::release);
        assertThat(blocked.join()).isNull();
        assertThat(behind.join()).isEqualTo(1);
    }

    @Test
    void whatCannotTravelIsRefusedBeforeItIsPartOfTheChain() {
        List<Integer> captured = List.of(1);
        Object foreign = new Object();
        assertThatThrownBy(() -> chain.callAsync(() -> captured.indexOf(foreign)))
                .isInstanceOf(NotPortableException.class);
        assertThat(chain.call(There::note, 1)).isEqualTo(1);
    }

    @Test
    void moreCallsThanMayWaitAreRefused() {
        CompletableFuture<Void> blocked = chain.runAsync(There::block);
        awaitBlocked();
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 30_000)
                .mapToObj(i -> chain.callAsync(There::note, i))
                .toList();
        assertThatThrownBy(calls.get(29_999)::join)
                .cause()
                .isInstanceOf(ChainFailedException.class)
                .cause()
                .isInstanceOf(UndeliverableException.class)
                .hasMessageContaining("calls of its chain wait");
        context.run(There::release);
        assertThat(blocked.join()).isNull();
        assertThat(calls.get(9999).join()).isEqualTo(9999);
        assertThat(context.call(There::noted)).isSorted().hasSizeBetween(10_000, 20_001);
    }

    private void awaitBlocked() {
        await().until(() -> context.call(There::isBlocked));
    }

    record Knot(List<Knot> ends) {}

    /** Runs in the context. */
    static final class There {
        private static final AtomicInteger RUNNING = new AtomicInteger();
        private static final AtomicInteger MOST = new AtomicInteger();
        private static final AtomicInteger INTERRUPTS = new AtomicInteger();
        private static final List<Integer> NOTED = new ArrayList<>();
        private static volatile CountDownLatch release = new CountDownLatch(1);
        private static volatile boolean blocked;

        static void prepare() {
            synchronized (NOTED) {
                NOTED.clear();
            }
            MOST.set(0);
            INTERRUPTS.set(0);
            blocked = false;
            release = new CountDownLatch(1);
        }

        static void release() {
            release.countDown();
        }

        private static void begin() {
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
        }

        static int note(int number) {
            begin();
            synchronized (NOTED) {
                NOTED.add(number);
            }
            RUNNING.decrementAndGet();
            return number;
        }

        static int noteWith(int number, byte[] ballast) {
            return ballast.length > 0 ? note(number) : -1;
        }

        static void block() throws InterruptedException {
            begin();
            blocked = true;
            try {
                release.await();
            } catch (InterruptedException e) {
                INTERRUPTS.incrementAndGet();
                throw e;
            } finally {
                RUNNING.decrementAndGet();
            }
        }

        static void beStubborn() {
            begin();
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            RUNNING.decrementAndGet();
        }

        static void fail() throws IOException {
            throw new IOException("failed");
        }

        static void failAtLength() throws IOException {
            IOException failure = new IOException("x".repeat(65_000));
            for (int i = 0; i < 30; i++) {
                failure.addSuppressed(new IOException("y".repeat(65_000)));
            }
            throw failure;
        }

        static Knot knot() {
            Knot knot = new Knot(new ArrayList<>());
            knot.ends.add(knot);
            return knot;
        }

        static boolean isBlocked() {
            return blocked;
        }

        static int interrupts() {
            return INTERRUPTS.get();
        }

        static int mostAtATime() {
            return MOST.get();
        }

        static List<Integer> noted() {
            synchronized (NOTED) {
                return List.copyOf(NOTED);
            }
        }
    }
}
