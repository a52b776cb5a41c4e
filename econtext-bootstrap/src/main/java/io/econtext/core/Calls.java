package io.econtext.core;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes calls, hands them to workers, and keeps those that wait or run and the objects that calls made.
 *
 * <p>Only ancestors may call. Safe for any thread.
 */
public final class Calls extends Handler {
    public static final String BUSY = "too many calls wait, no thread can be had, or the context is closing";

    final Context context;
    public final Workers workers;
    public final ConcurrentHashMap<Long, Invocation> running = new ConcurrentHashMap<>();
    public final ConcurrentHashMap<Integer, Object> objects = new ConcurrentHashMap<>();
    final AtomicInteger nextObject = new AtomicInteger();

    Calls(Context context, int max) {
        super(ANCESTORS);
        this.context = context;
        workers = new Workers(context, max);
    }

    @Override
    public void handle(Message m) {
        Invocation invocation = new Invocation(this, m);
        if (!workers.execute(invocation)) {
            invocation.refuse(BUSY);
        }
    }

    /** Interrupts a call, and says so if it goes on nevertheless. */
    final class Cancel extends Handler {
        Cancel() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            Invocation invocation = running.get(key(m.source, Message.getInt(m.body, 0)));
            if (invocation != null) {
                invocation.cancel(Message.getInt(m.body, 4));
            }
        }
    }

    static Long key(int source, int call) {
        return (long) source << 32 | call & 0xffffffffL;
    }

    void tick(long now) {
        for (Invocation invocation : running.values()) {
            invocation.tick(now);
        }
    }

    void interruptAll() {
        for (Invocation invocation : running.values()) {
            invocation.cancel(Integer.MAX_VALUE);
        }
    }

    void closeObjects() {
        for (Object object : objects.values()) {
            close(object);
        }
    }

    public static void close(Object object) {
        if (object instanceof AutoCloseable) {
            try {
                ((AutoCloseable) object).close();
            } catch (Throwable e) {
                e.printStackTrace();
            }
        }
    }
}
