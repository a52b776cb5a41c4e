package io.econtext;

import io.econtext.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Ends a program and what it started: TERM, a moment, KILL.
 *
 * <p>Safe for use by any thread. Java 8 knows only the program itself; what that started is ended on newer ones.
 */
public final class ProcessEnder implements Runnable {
    private static final long TERM_MILLIS = 500;
    private static final Map<Process, ProcessEnder> RUNNING = new ConcurrentHashMap<>();
    private static boolean known;

    private final Process process;

    private ProcessEnder(Process process) {
        this.process = process;
    }

    /** Has the program ended when the context ends, until it {@link #end ends} before. */
    static void endWithContext(Process process) {
        RUNNING.put(process, new ProcessEnder(process));
        Context context = Context.current;
        synchronized (RUNNING) {
            if (context != null && !known) {
                context.atExit.add(new All());
                known = true;
            }
        }
    }

    /** Ends the program if it hasn't. */
    public static void end(Process process) {
        if (process.isAlive()) {
            new ProcessEnder(process).run();
        }
        RUNNING.remove(process);
    }

    @Override
    public void run() {
        boolean interrupted = Thread.interrupted();
        // Asked first: they are nobody's children once the program is gone.
        Object[] descendants = descendants();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TERM_MILLIS);
        // The program first, or a shell would go on with its next line.
        process.destroy();
        for (Object descendant : descendants) {
            tell(descendant, "destroy");
        }
        try {
            process.waitFor(TERM_MILLIS, TimeUnit.MILLISECONDS);
            for (Object descendant : descendants) {
                await(descendant, end);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        process.destroyForcibly();
        for (Object descendant : descendants) {
            tell(descendant, "destroyForcibly");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Object[] descendants() {
        try {
            return ((Stream<?>) Process.class.getMethod("descendants").invoke(process)).toArray();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new Object[0];
        }
    }

    private static Object tell(Object descendant, String method) {
        try {
            return Class.forName("java.lang.ProcessHandle").getMethod(method).invoke(descendant);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static void await(Object descendant, long end) throws InterruptedException {
        Object exit = tell(descendant, "onExit");
        if (exit instanceof Future) {
            try {
                ((Future<?>) exit).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // It is killed next.
            }
        }
    }

    /** Ends all at once, as each may take a moment. */
    private static final class All implements Runnable {
        @Override
        public void run() {
            List<Thread> threads = new ArrayList<>();
            for (ProcessEnder ender : RUNNING.values()) {
                Thread thread = new Thread(ender, "econtext-exec");
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
