package io.econtext.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.RemoteContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls an honest context all the time, on a thread of its own, and keeps count. */
final class HonestCaller implements AutoCloseable {
    private final RemoteContext honest;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Thread thread = new Thread(this::call, "honest-caller");
    private volatile boolean closed;

    HonestCaller(RemoteContext honest) {
        this.honest = honest;
        thread.start();
    }

    private void call() {
        while (!closed) {
            int number = done.get();
            try {
                int next = honest.call(Questions::plusOne, number);
                assertThat(next).isEqualTo(number + 1);
                done.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
                return;
            }
        }
    }

    /** Calls go on from here. */
    void assertUnharmed() {
        int before = done.get();
        Patience.await().until(() -> done.get() > before + 1 || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
