package io.econtext.core;

/**
 * The end of this context: running calls may finish, are interrupted, output is sent, a goodbye says why.
 *
 * <p>Begun once, on a thread of its own. Whatever hangs on the way, the broker thread halts the JVM when time is up.
 */
final class Exit extends Thread {
    private static final int LAST_WORDS = 1000;

    // What the hook uses is not private, as javac would make a method for each.
    final Context context;
    String reason;
    private int finish;
    private int interrupt;
    volatile long haltAt;

    Exit(Context context) {
        super("econtext-exit");
        this.context = context;
        if (context.end == null) {
            Runtime.getRuntime().addShutdownHook(new Hook());
        }
    }

    /** Begins, unless begun: calls get {@code finishMillis} to end and {@code interruptMillis} to heed the interrupt. */
    synchronized void begin(String why, int finishMillis, int interruptMillis) {
        if (reason == null) {
            reason = why;
            finish = finishMillis;
            interrupt = interruptMillis;
            haltAt = System.nanoTime() + (2L * LAST_WORDS + finish + interrupt) * 1000000;
            start();
        }
    }

    void tick(long now) {
        if (haltAt != 0 && now - haltAt > 0) {
            context.halt();
        }
    }

    @Override
    public void run() {
        Calls calls = context.calls;
        calls.workers.close();
        if (!calls.workers.await(finish)) {
            calls.interruptAll();
            calls.workers.await(interrupt);
        }
        // They may still have what was promised.
        endChildren();
        // From here on, everything is short.
        haltAt = System.nanoTime() + 2L * LAST_WORDS * 1000000;
        calls.closeObjects();
        goodbye();
        if (context.end == null) {
            System.exit(0);
        }
        haltAt = System.nanoTime();
    }

    void endChildren() {
        for (Runnable last : context.atExit) {
            last.run();
        }
    }

    void goodbye() {
        context.flushOutput();
        // the parent may end its side of the link on a goodbye, and ours ends by that
        context.link.flush(LAST_WORDS);
        context.send(Message.LOG, context.router.parent(), Handles.GOODBYE, Text.bytes(reason));
        context.link.flush(LAST_WORDS);
    }

    /** Tells the parent that someone called {@code System.exit}, or a signal came. */
    final class Hook extends Thread {
        @Override
        public void run() {
            synchronized (Exit.this) {
                if (reason != null) {
                    return;
                }
                // Other hooks may hang.
                haltAt = System.nanoTime() + (2L * LAST_WORDS + context.grace) * 1000000;
                reason = "the JVM shuts down: a signal, or System.exit";
                for (StackTraceElement[] trace : Thread.getAllStackTraces().values()) {
                    for (int i = 0; i + 1 < trace.length; i++) {
                        if (trace[i].getMethodName().equals("exit")
                                && trace[i].getClassName().equals("java.lang.System")) {
                            reason = "System.exit called by " + trace[i + 1];
                        }
                    }
                }
            }
            endChildren();
            goodbye();
        }
    }

    /** The parent wants it: the grace in milliseconds is the body. */
    final class Shutdown extends Handler {
        Shutdown() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            begin("closed", Message.getInt(m.body, 0), LAST_WORDS);
        }
    }
}
