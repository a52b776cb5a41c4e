package io.econtext.core;

import java.util.ArrayDeque;

/**
 * The threads that run calls: as many as needed, at most {@code max}, each kept for half a minute of idleness.
 *
 * <p>An idle worker is preferred to a new one, which a {@code ThreadPoolExecutor} can't do. Safe for any thread.
 */
public final class Workers {
    private static final long KEEP_MILLIS = 30000;
    public static final int MAX_QUEUE = 10000;

    final Context context;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private int max;
    private int threads;
    private int idle;
    private int spare;
    private boolean closed;

    Workers(Context context, int max) {
        this.context = context;
        this.max = max;
        spare = max;
    }

    /** Runs {@code task} soon, or says that no more are taken. */
    public synchronized boolean execute(Runnable task) {
        if (closed || queue.size() >= MAX_QUEUE) {
            return false;
        }
        queue.add(task);
        notify();
        grow();
        return threads > 0 || queue.poll() == null;
    }

    private void grow() {
        if (queue.size() > idle && threads < max) {
            try {
                new Worker().start();
                threads++;
            } catch (OutOfMemoryError e) {
                // No more threads can be had: what is there does it all, in time.
            }
        }
    }

    /** Another may take a stuck worker's place until it ends, of as many at a time as there were in the beginning. */
    synchronized void replace(Worker stuck) {
        if (spare > 0 && !stuck.replaced) {
            stuck.replaced = true;
            spare--;
            max++;
            grow();
        }
    }

    /** Takes no more tasks. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until every task has ended; says whether they did in time. */
    synchronized boolean await(long millis) {
        long end = System.nanoTime() + millis * 1000000;
        try {
            while (threads > idle || !queue.isEmpty()) {
                long left = (end - System.nanoTime()) / 1000000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return true;
    }

    synchronized Runnable take(Worker worker) {
        Runnable task;
        if (worker.replaced) {
            spare++;
            max--;
            threads--;
            notifyAll();
            grow();
            return null;
        }
        idle++;
        if (closed) {
            notifyAll();
        }
        long end = System.nanoTime() + KEEP_MILLIS * 1000000;
        long left = KEEP_MILLIS;
        while ((task = queue.poll()) == null && !closed && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                // A cancel that came too late for the call it meant.
            }
            left = (end - System.nanoTime()) / 1000000;
        }
        idle--;
        if (task == null) {
            threads--;
            notifyAll();
        }
        return task;
    }

    /** A thread that knows its context. */
    final class Worker extends Thread {
        final Context context = Workers.this.context;
        /** Whether classes are to be found without asking the parent. */
        boolean localOnly;
        /** Whether another has its place. */
        boolean replaced;

        Worker() {
            super("econtext-worker");
            setDaemon(true);
        }

        @Override
        public void run() {
            Runnable task;
            while ((task = take(this)) != null) {
                task.run();
            }
        }
    }
}
