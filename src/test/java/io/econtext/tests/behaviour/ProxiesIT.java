package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.CallTimeoutException;
import io.econtext.RemoteCallException;
import io.econtext.call.RemoteObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OverEveryWay
class ProxiesIT extends Behaviour {

    @Test
    void anObjectLivesThereAndKeepsItsState() {
        Counter counter = context.proxy(Counter.class, CounterThere::new);
        assertThat(counter.next()).isEqualTo(1);
        assertThat(counter.next()).isEqualTo(2);
        Counter other = context.proxy(Counter.class, CounterThere::new);
        assertThat(other.next()).as("another object").isEqualTo(1);
        context.release(counter);
        context.release(other);
    }

    @Test
    void parallelCallsMeetTheSameObject() {
        Counter counter = context.proxy(Counter.class, CounterThere::new);
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(counter::next))
                .toList();
        assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(50);
        context.release(counter);
    }

    @Test
    void valuesAndExceptionsOfTheInterfaceTravelAsForCalls() throws IOException {
        Counter counter = context.proxy(Counter.class, CounterThere::new);
        assertThat(counter.named(List.of("a", "b"))).containsExactly("a1", "b1");
        assertThatThrownBy(() -> counter.named(null))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no names");
        assertThatThrownBy(() -> counter.named(List.of())).isInstanceOf(RemoteCallException.class);
        context.release(counter);
    }

    @Test
    void whatEveryObjectHasIsAnsweredHere() {
        Counter counter = context.proxy(Counter.class, CounterThere::new);
        assertThat(counter).isEqualTo(counter).hasSameHashCodeAs(counter);
        assertThat(counter.toString()).contains("CounterThere").contains("there");
        assertThat(counter).isNotEqualTo(context.proxy(Counter.class, CounterThere::new));
    }

    @Test
    void aReleasedObjectIsClosedOnceAndAnswersNoMore() throws Exception {
        Counter counter = context.proxy(Counter.class, CounterThere::new);
        counter.next();
        int closedBefore = context.call(CounterThere::closed);
        context.release(counter);
        context.release(counter);
        assertThat(context.call(CounterThere::closed)).isEqualTo(closedBefore + 1);
        assertThatThrownBy(counter::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released");
    }

    @Test
    void closeOfTheInterfaceReleases() throws Exception {
        int closedBefore = context.call(CounterThere::closed);
        try (ClosableCounter counter = context.proxy(ClosableCounter.class, CounterThere::new)) {
            assertThat(counter.next()).isEqualTo(1);
        }
        assertThat(context.call(CounterThere::closed)).isEqualTo(closedBefore + 1);
    }

    @Test
    void onlyAStandInCanBeReleased() {
        assertThatThrownBy(() -> context.release("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void whoWaitsForAnObjectThatAnotherMakesWaitsForNoLongerThanItsDeadline() throws Throwable {
        RemoteObject object = broker.remoteObject(context, SlowlyMade.class);
        Method run = Runnable.class.getMethod("run");
        CompletableFuture<Object> maker = object.invokeAsync(run, null, PATIENCE);
        await().until(() -> context.call(SlowlyMade::isBeingMade));
        assertThatThrownBy(() -> object.invoke(run, null, Duration.ofMillis(200)))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("SlowlyMade")
                .hasMessageContaining("200 ms");
        context.run(SlowlyMade::goOn);
        assertThat(maker.join()).isNull();
        object.invoke(run, null, PATIENCE);
        assertThat(context.call(SlowlyMade::made)).isEqualTo(1);
        object.close();
    }

    interface Counter {
        int next();

        List<String> named(List<String> names) throws IOException;
    }

    interface ClosableCounter extends Counter, AutoCloseable {
        @Override
        void close();
    }

    /** Runs in the context. */
    static final class CounterThere implements ClosableCounter {
        private static final AtomicInteger CLOSED = new AtomicInteger();
        private final AtomicInteger count = new AtomicInteger();

        static int closed() {
            return CLOSED.get();
        }

        @Override
        public int next() {
            return count.incrementAndGet();
        }

        @Override
        public List<String> named(List<String> names) throws IOException {
            if (names == null) {
                throw new IOException("no names");
            }
            if (names.isEmpty()) {
                throw new IllegalArgumentException("none");
            }
            int n = next();
            return names.stream().map(name -> name + n).toList();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    /** Runs in the context. */
    static final class SlowlyMade implements Runnable {
        private static final AtomicInteger MADE = new AtomicInteger();
        private static final CountDownLatch GO_ON = new CountDownLatch(1);
        private static volatile boolean beingMade;

        SlowlyMade() throws InterruptedException {
            beingMade = true;
            GO_ON.await();
            MADE.incrementAndGet();
        }

        static boolean isBeingMade() {
            return beingMade;
        }

        static void goOn() {
            GO_ON.countDown();
        }

        static int made() {
            return MADE.get();
        }

        @Override
        public void run() {}
    }
}
