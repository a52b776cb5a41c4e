package io.econtext.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the side that calls, started when first needed. Safe for use by any thread. */
public final class CallThreads {
    private static final int IDLE_SECONDS = 10;
    private static final int CLOSING_SECONDS = 1;

    /** For what may wait. As many threads as do such things at a time. */
    private final ExecutorService executor = Executors.newCachedThreadPool(new Daemons("econtext-executor-"));
    /** For outcomes of asynchronous calls; what users do there may block, so nothing else depends on it. */
    private final ThreadPoolExecutor callbacks;

    private final ScheduledThreadPoolExecutor timer;

    public CallThreads() {
        int threads = Math.max(4, Runtime.getRuntime().availableProcessors());
        callbacks = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<Runnable>(),
                new Daemons("econtext-callback-"));
        callbacks.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, new Daemons("econtext-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** For what may block; takes nothing once this is closed. */
    public Executor executor() {
        return executor;
    }

    /** Runs {@code task} on a thread that may block; once this is closed, on this one. */
    public void execute(Runnable task) {
        execute(executor, task);
    }

    /** How many asynchronous calls can be completed at a time. */
    public int callbacks() {
        return callbacks.getCorePoolSize();
    }

    /** Completes an asynchronous call. */
    public void callback(Runnable task) {
        execute(callbacks, task);
    }

    private static void execute(ExecutorService on, Runnable task) {
        try {
            on.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Runs {@code task} later on a thread that may block, unless {@code until} is done by then. */
    public void after(Duration delay, Runnable task, CompletableFuture<?> until) {
        try {
            ScheduledFuture<?> scheduled = timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            until.whenComplete((result, failure) -> scheduled.cancel(false));
        } catch (RejectedExecutionException e) {
            // This side is closing: everyone who waits is woken by the end of the links.
        }
    }

    /** Runs {@code task} again and again, on a thread that it must not hold up. */
    public void every(Duration pause, Runnable task) {
        timer.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets what runs come to its end, for at most a moment. */
    public void close() {
        timer.shutdownNow();
        executor.shutdown();
        callbacks.shutdown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
        try {
            executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            callbacks.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            timer.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Daemons implements ThreadFactory {
        private final String prefix;
        private final AtomicInteger number = new AtomicInteger();

        Daemons(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            // not that of whoever happens to need it first, whose application may be replaced
            thread.setContextClassLoader(CallThreads.class.getClassLoader());
            return thread;
        }
    }
}
