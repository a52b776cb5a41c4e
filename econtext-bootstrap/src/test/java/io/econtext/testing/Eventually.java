package io.econtext.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does and nothing tells. Stateless. */
public final class Eventually {
    private static final long PATIENCE_SECONDS = 30;
    private static final long PAUSE_NANOS = 100_000;

    private Eventually() {}

    /** Returns as soon as it holds. */
    public static void holds(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("does not hold within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns as soon as the thread waits for something. */
    public static void waits(Thread thread) {
        holds(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
