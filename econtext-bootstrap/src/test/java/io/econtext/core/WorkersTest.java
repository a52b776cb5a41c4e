package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class WorkersTest {
    private final Workers workers = new Workers(null, 3);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    @AfterEach
    void close() {
        release.countDown();
        workers.close();
        assertThat(workers.await(30000)).isTrue();
    }

    @Test
    void atMostSoManyTasksRunAtATime() {
        for (int i = 0; i < 10; i++) {
            assertThat(workers.execute(this::block)).isTrue();
        }
        Eventually.holds(() -> running.get() == 3);
        assertThat(threads).hasSize(3);
        release.countDown();
        Eventually.holds(() -> finished.get() == 10);
        assertThat(threads).hasSize(3);
    }

    @Test
    void anIdleWorkerIsPreferredToANewOne() {
        for (int i = 1; i <= 20; i++) {
            int count = i;
            workers.execute(this::note);
            Eventually.holds(() -> finished.get() == count);
            for (Thread thread : threads) {
                Eventually.waits(thread);
            }
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void tasksRunInTheOrderInWhichTheyCame() throws Exception {
        List<Integer> order = new ArrayList<>();
        Workers one = new Workers(null, 1);
        for (int i = 0; i < 100; i++) {
            int number = i;
            one.execute(() -> order.add(number));
        }
        one.close();
        assertThat(one.await(30000)).isTrue();
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void aStuckWorkerIsReplacedAtOnceForWhatWaitsForAsManyAsThereWereWorkers() {
        for (int i = 0; i < 10; i++) {
            workers.execute(this::block);
        }
        Eventually.holds(() -> running.get() == 3);
        List<Thread> stuck = new ArrayList<>(threads);
        for (int extra = 1; extra <= 3; extra++) {
            int expected = 3 + extra;
            replace(stuck.get(extra - 1));
            replace(stuck.get(extra - 1));
            Eventually.holds(() -> running.get() == expected);
        }
        threads.forEach(this::replace);
        workers.execute(this::block);
        release.countDown();
        Eventually.holds(() -> finished.get() == 11);
        assertThat(threads).hasSize(6);
    }

    @Test
    void aStuckWorkerGivesItsPlaceBackWhenItEnds() {
        Workers one = new Workers(null, 1);
        for (int round = 1; round <= 10; round++) {
            int expected = round;
            CountDownLatch end = new CountDownLatch(1);
            AtomicReference<Thread> stuck = new AtomicReference<>();
            one.execute(() -> {
                stuck.set(Thread.currentThread());
                await(end);
            });
            Eventually.holds(() -> stuck.get() != null);
            one.execute(this::note);
            one.replace((Workers.Worker) stuck.get());
            Eventually.holds(() -> finished.get() == expected);
            end.countDown();
            Eventually.holds(() -> !stuck.get().isAlive());
        }
        one.close();
        assertThat(one.await(30000)).isTrue();
    }

    @Test
    void moreTasksThanMayWaitAreRefused() {
        int taken = 0;
        while (workers.execute(this::block)) {
            taken++;
        }
        assertThat(taken).isBetween(Workers.MAX_QUEUE, Workers.MAX_QUEUE + 3);
    }

    @Test
    void aThreadThatCanNotBeHadLeavesItsTaskToTheOthers() {
        workers.execute(this::block);
        withoutThreads(() -> assertThat(workers.execute(this::note)).isTrue());
        release.countDown();
        Eventually.holds(() -> finished.get() == 2);
        assertThat(threads).hasSize(1);
    }

    @Test
    void whereNoneCouldTakeTheOnlyWorkersPlaceAnotherDoesWhenItEnds() {
        workers.execute(this::block);
        Eventually.holds(() -> running.get() == 1);
        withoutThreads(() -> {
            assertThat(workers.execute(this::note)).isTrue();
            replace(threads.iterator().next());
        });
        release.countDown();
        Eventually.holds(() -> finished.get() == 2);
        assertThat(threads).hasSize(2);
    }

    @Test
    void aTaskIsRefusedWhenNoThreadCanBeHadAtAll() {
        withoutThreads(() -> assertThat(workers.execute(this::note)).isFalse());
        assertThat(workers.execute(this::note)).isTrue();
        Eventually.holds(() -> finished.get() == 1);
    }

    @Test
    void onceClosedNothingIsTakenAndWhatWaitsIsFinished() {
        for (int i = 0; i < 10; i++) {
            workers.execute(this::block);
        }
        workers.close();
        assertThat(workers.execute(this::note)).isFalse();
        assertThat(workers.await(1)).isFalse();
        release.countDown();
        assertThat(workers.await(30000)).isTrue();
        assertThat(finished).hasValue(10);
    }

    @Test
    void aWaitForTheEndIsOverWhenItIsInterrupted() {
        workers.execute(this::block);
        Thread.currentThread().interrupt();
        assertThat(workers.await(30000)).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void manyThreadsMayHandOverTasks() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        List<Thread> givers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread giver = new Thread(() -> {
                try {
                    together.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                for (int j = 0; j < 1000; j++) {
                    workers.execute(this::note);
                }
            });
            giver.start();
            givers.add(giver);
        }
        for (Thread giver : givers) {
            giver.join();
        }
        Eventually.holds(() -> finished.get() == 4000);
        assertThat(threads).hasSizeLessThanOrEqualTo(3);
    }

    /** While it runs, threads that this one makes fail as they do where there are too many. */
    private static void withoutThreads(Runnable action) {
        InheritableThreadLocal<String> limit = new InheritableThreadLocal<>() {
            @Override
            protected String childValue(String parentValue) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        limit.set("reached");
        try {
            action.run();
        } finally {
            limit.remove();
        }
    }

    private void note() {
        threads.add(Thread.currentThread());
        finished.incrementAndGet();
    }

    private void replace(Thread stuck) {
        workers.replace((Workers.Worker) stuck);
    }

    private void block() {
        threads.add(Thread.currentThread());
        running.incrementAndGet();
        await(release);
        finished.incrementAndGet();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
