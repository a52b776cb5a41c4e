package io.econtext.broker;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a few tasks at a time on another executor's threads; others wait. What a task throws is logged.
 *
 * <p>Safe for use by any thread.
 */
final class LimitedExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LimitedExecutor.class);

    private final Executor executor;
    private final int width;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int running;

    LimitedExecutor(Executor executor, int width) {
        this.executor = executor;
        this.width = width;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (running == width) {
                return;
            }
            running++;
        }
        executor.execute(this::run);
    }

    private void run() {
        Runnable task;
        while ((task = next()) != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("a task failed", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable task = tasks.poll();
        running -= task == null ? 1 : 0;
        return task;
    }

    /** How many wait or run. */
    synchronized int size() {
        return tasks.size() + running;
    }
}
