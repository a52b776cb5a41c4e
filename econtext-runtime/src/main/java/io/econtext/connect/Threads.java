package io.econtext.connect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of one connector but those of the I/O: a timer, on which nothing blocks, and a few workers for what does,
 * such as reading files, resolving names and asking people.
 *
 * <p>Safe for use by several threads.
 */
final class Threads implements AutoCloseable {
    private static final int WORKERS = 8;
    private static final int WORKER_IDLE_SECONDS = 10;
    private static final int CLOSE_SECONDS = 2;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("econtext-ssh-timer"));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            WORKER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("econtext-ssh-worker"));

    Threads() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        workers.allowCoreThreadTimeOut(true);
    }

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            // not that of an application, which may be replaced
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Runs a task later, which must not block; never, once the connector is closed. */
    Future<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** For work that may block; interrupted when the future is cancelled or the connector closed. */
    Future<?> work(Runnable task) {
        return workers.submit(task);
    }

    /** Runs tasks one after the other on no caller's thread, or on the caller's after the close. */
    Executor inOrder() {
        return task -> {
            try {
                timer.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    @Override
    public void close() {
        workers.shutdownNow();
        timer.shutdown();
        try {
            timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
