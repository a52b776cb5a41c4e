package io.econtext.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Call;
import io.econtext.CallTimeoutException;
import io.econtext.Channel;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Delivery;
import io.econtext.ExecException;
import io.econtext.NotAllowedException;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.TypeRef;
import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.core.Target;
import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
class ReferredContextTest {
    private static final ContextOptions OPTIONS =
            ContextOptions.builder().grace(Duration.ofMillis(200)).build();

    private final Target target = new Target(4);
    private final Context caller = new Context();
    private Here here;
    private ReferredContext child;

    @BeforeEach
    void callFromTheParent() {
        target.controller.unregister(Handles.STUCK);
        caller.router = target.controller;
        caller.link = target.wire.down;
        Context.current = caller;
        There.reset();
        here = Here.current();
        child = here.context(Target.ID, "child", "local:", OPTIONS);
    }

    @AfterEach
    void end() {
        There.released.countDown();
        target.close();
        caller.atExit.forEach(Runnable::run);
        target.context.atExit.forEach(Runnable::run);
        Context.current = null;
    }

    @Test
    void aMethodRunsThere() {
        Map<String, List<Integer>> in = Map.of("a", List.of(1, 2), "b", List.of());
        Map<String, List<Integer>> out = child.call(There::doubled, in);
        assertThat(out).isEqualTo(Map.of("a", List.of(2, 4), "b", List.of()));
        assertThat(child.<Integer, Integer, Integer, RuntimeException>call(Math::max, 3, 4))
                .isEqualTo(4);
        assertThat(child.invoke(Call.of(() -> List.of("x")).returning(new TypeRef<List<String>>() {})))
                .containsExactly("x");
        assertThat(child.ping()).isPositive();
    }

    @Test
    void itsStateIsWhatIsKnownHere() {
        assertThat(child.name()).isEqualTo("child");
        assertThat(child.id()).isEqualTo(Target.ID);
        assertThat(child.address()).isEqualTo("local:");
        assertThat(child.state()).isEqualTo(ContextState.CONNECTED);
        assertThat(child.connect()).isSameAs(child);
        assertThat(child.connectAsync()).isCompletedWithValue(child);
        assertThat(child.info().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(child.info().javaFeature()).isEqualTo(Runtime.version().feature());
    }

    @Test
    void whatUsersDoWithOutcomesHoldsUpNoStepOfOurOwn() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        Thread here = Thread.currentThread();
        int all = Math.max(4, Runtime.getRuntime().availableProcessors());
        for (int i = 0; held.get() < all; i++) {
            child.callAsync(There::tripled, i).thenRun(() -> {
                if (Thread.currentThread() != here) {
                    held.incrementAndGet();
                    awaitQuietly(released);
                }
            });
        }
        try {
            Call<String, RuntimeException> step = Call.of(System::lineSeparator);
            assertThat(child.caller().invokeAsync(step, child).get(30, TimeUnit.SECONDS))
                    .isEqualTo(System.lineSeparator());
        } finally {
            released.countDown();
        }
    }

    @Test
    void aDeclaredExceptionIsThrownAsItself() {
        assertThatThrownBy(() -> child.call(There::read, "x"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage(FileNotFoundException.class.getName() + ": x")
                .hasCauseInstanceOf(RemoteCallException.class);
        assertThatThrownBy(() -> child.run(There::fail))
                .isInstanceOf(RemoteCallException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void whatCannotTravelIsRefusedBeforeAnythingIsSent() {
        long sent = target.wire.down.bytesOut();
        assertThatThrownBy(() -> child.call(There::name, Thread.currentThread()))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("There#name")
                .hasMessageContaining("java.lang.Thread");
        assertThatThrownBy(() -> child.call(Thread::currentThread))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("result");
        assertThat(target.wire.down.bytesOut()).isEqualTo(sent);
    }

    @Test
    void theDeadlineEndsTheWaitAndTheCall() throws Exception {
        RemoteContext timed = child.withTimeout(Duration.ofMillis(300));
        CallTimeoutException late = catchThrowableOfType(CallTimeoutException.class, () -> timed.run(There::block));
        assertThat(late).hasMessageContaining("There#block in child").hasMessageContaining("300 ms");
        assertThat(late.delivery()).isEqualTo(Delivery.MAYBE_RAN);
        assertThat(There.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptOfTheCallerCancelsTheCall() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                child.run(There::block);
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        waiting.start();
        There.begun.await();
        waiting.interrupt();
        waiting.join();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class).hasMessageContaining("There#block");
        assertThat(There.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAsynchronousCallCompletesFailsAndIsCancelled() throws Exception {
        assertThat(child.callAsync(There::tripled, 5).get(30, TimeUnit.SECONDS)).isEqualTo(15);
        assertThat(child.callAsync(There::read, "x"))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
        CompletableFuture<Void> blocked = child.runAsync(There::block);
        There.begun.await();
        blocked.cancel(true);
        assertThat(There.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAsynchronousCallHasADeadline() {
        assertThat(child.withTimeout(Duration.ofMillis(100)).runAsync(There::block))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aPostedCallRuns() throws Exception {
        child.post(Call.running(There::begin));
        assertThat(There.begun.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anObjectLivesThereUntilItIsReleased() {
        Counter counter = child.proxy(Counter.class, Count::new);
        assertThat(counter.next()).isEqualTo(1);
        assertThat(counter.next()).isEqualTo(2);
        assertThat(counter).isEqualTo(counter).hasToString("Count#new in child".replace("Count#", counterName()));
        child.release(counter);
        assertThatThrownBy(counter::next).isInstanceOf(IllegalStateException.class);
    }

    private static String counterName() {
        return "ReferredContextTest$Count#";
    }

    @Test
    void aSourceStreams() {
        try (Channel<Integer> numbers = child.open(There::count, 1000)) {
            int expected = 0;
            for (int number : numbers) {
                assertThat(number).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(1000);
        }
    }

    @Test
    void programsRunThere() {
        assertThat(child.exec("sh", "-c", "echo $((6*7))").out()).isEqualTo("42\n");
        assertThatThrownBy(() -> child.exec("/no/such/program")).isInstanceOf(ExecException.class);
    }

    @Test
    void whoWaitsLearnsWhyItsContextIsLost() throws Exception {
        CompletableFuture<Void> waiting = child.runAsync(There::block);
        There.begun.await();
        target.wire.down.end("the cable was cut");
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ContextLostException.class)
                .withMessageContaining("child is lost: the cable was cut");
        assertThat(child.state()).isEqualTo(ContextState.LOST);
        ContextLostException next = catchThrowableOfType(ContextLostException.class, () -> child.run(There::begin));
        assertThat(next).hasMessageContaining("the cable was cut");
        assertThat(next.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(here.context(Target.ID, "child", "local:", OPTIONS)).isNotSameAs(child);
    }

    @Test
    void aContextThatIsNotThereIsLost() {
        RemoteContext nobody = here.find(99, "nobody");
        ContextLostException lost = catchThrowableOfType(ContextLostException.class, () -> nobody.run(There::begin));
        assertThat(lost.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(nobody.state()).isEqualTo(ContextState.LOST);
    }

    @Test
    void onlyAncestorsMayCallOrCloseAContext() {
        RemoteContext parent = parentAsTheChildSeesIt();
        target.controller.register(Handles.SHUTDOWN, new Shutdown());
        assertThatThrownBy(() -> parent.run(There::begin))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("There#begin in parent");
        assertThatThrownBy(() -> parent.callAsync(There::tripled, 1).join())
                .hasCauseInstanceOf(NotAllowedException.class);
        assertThatThrownBy(parent::close)
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("parent");
        assertThat(parent.state()).isEqualTo(ContextState.CONNECTED);
        assertThat(parent.info()).isNull();
        assertThat(There.begun.getCount()).isEqualTo(1);
    }

    private RemoteContext parentAsTheChildSeesIt() {
        Context.current = target.context;
        return Here.current().find(target.controller.id(), "parent");
    }

    @Test
    void closingEndsItAndWaits() {
        Shutdown shutdown = new Shutdown();
        target.context.router.register(Handles.SHUTDOWN, shutdown);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(child::close);
        Eventually.holds(() -> shutdown.graceMillis == 200);
        assertThat(child.state()).isEqualTo(ContextState.CLOSING);
        assertThatThrownBy(() -> child.run(There::begin)).isInstanceOf(ContextLostException.class);
        target.wire.down.end("it ended");
        closing.join();
        assertThat(child.state()).isEqualTo(ContextState.CLOSED);
        child.close();
    }

    @Test
    void thereIsOneOfEachIdAndItTravelsAsItself() {
        assertThat(here.find(Target.ID, "child")).isSameAs(child);
        byte[] reference = here.reference(child.withTimeout(Duration.ofSeconds(1)));
        assertThat(here.find(reference)).isSameAs(child);
        assertThat(child.call(There::sameContext, child)).isSameAs(child);
        assertThat(child.call(There::same, new Pair("x", child)).context).isSameAs(child);
        List<RemoteContext> both = child.call(There::sameContexts, List.of(child, here.find(3, "other")));
        assertThat(both).containsExactly(child, here.find(3, "other"));
        assertThat(child.call(There::sameContext, (RemoteContext) null)).isNull();
        RemoteContext bound = child;
        assertThat(child.call(bound::name)).isEqualTo("child");
    }

    @Test
    void nothingIsKeptOfCallsThatAreOver() {
        int before = target.controller.handles();
        child.call(There::tripled, 1);
        child.callAsync(There::tripled, 1).join();
        assertThatThrownBy(() -> child.run(There::fail)).isInstanceOf(RemoteCallException.class);
        Eventually.holds(() -> target.controller.handles() == before);
    }

    interface Counter {
        int next();
    }

    static final class Count implements Counter {
        private int count;

        @Override
        public synchronized int next() {
            return ++count;
        }
    }

    static final class Pair {
        private String name;
        private RemoteContext context;

        private Pair() {}

        Pair(String name, RemoteContext context) {
            this.name = name;
            this.context = context;
        }
    }

    private static final class Shutdown extends Handler {
        private volatile int graceMillis;

        Shutdown() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            graceMillis = Message.getInt(m.body, 0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is called. */
    static final class There {
        static CountDownLatch begun;
        static CountDownLatch interrupted;
        static CountDownLatch released;

        static void reset() {
            begun = new CountDownLatch(1);
            interrupted = new CountDownLatch(1);
            released = new CountDownLatch(1);
        }

        static Map<String, List<Integer>> doubled(Map<String, List<Integer>> in) {
            in.replaceAll((key, numbers) -> numbers.stream().map(n -> 2 * n).toList());
            return in;
        }

        static int tripled(int n) {
            return 3 * n;
        }

        static String name(Thread thread) {
            return thread.getName();
        }

        static String read(String file) throws IOException {
            throw new FileNotFoundException(file);
        }

        static void fail() {
            throw new IllegalStateException("broken");
        }

        static void begin() {
            begun.countDown();
        }

        static void block() throws InterruptedException {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        static void count(int to, Sender<Integer> numbers) throws InterruptedException {
            for (int i = 0; i < to; i++) {
                numbers.send(i);
            }
        }

        static RemoteContext sameContext(RemoteContext context) {
            return context;
        }

        static List<RemoteContext> sameContexts(List<RemoteContext> contexts) {
            return contexts;
        }

        static Pair same(Pair pair) {
            return pair;
        }
    }
}
