package io.econtext.call;

import io.econtext.core.Calls;
import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Invocation;
import io.econtext.core.Message;
import io.econtext.core.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The calls of a chain in the context that runs them: one at a time, in the order in which they come, and none behind
 * one that failed or did not come. Number 1 begins anew.
 *
 * <p>It has a worker while there is something to run, and lets others have it between two calls. Calls come on the link's
 * reader; otherwise safe for any thread.
 */
public final class CallQueue extends Handler implements Runnable {
    /** The outcome of a call that is not run, as one before it failed. */
    static final int NOT_RUN = 4;

    static final int MAX_WAITING = Workers.MAX_QUEUE;
    static final String FULL = "too many calls of its chain wait";

    private static final Class<?>[] NEEDED_BY_READER = {Queued.class};
    private static final int NUMBER = 9;
    private static final int VALUE = 0;
    private static final int FLAGS = 1;
    private static final int INTERRUPTED = 1;

    private final Context context;
    private final ArrayDeque<Queued> waiting = new ArrayDeque<>();
    private boolean hasWorker;
    /** The number that came last. */
    private int last;
    /** Whether a call failed since the last number 1; one for all calls from there on. */
    private AtomicBoolean failed = new AtomicBoolean();

    private CallQueue(Context context) {
        super(ANCESTORS);
        this.context = context;
    }

    /** Makes one, and returns the handle that its calls go to; an empty message there ends it. */
    public static int open() {
        Context context = Context.current;
        return context.router.register(new CallQueue(context));
    }

    @Override
    public void handle(Message m) {
        if (m.body.length < NUMBER + 4) {
            context.router.unregister(m.handle);
            return;
        }
        int number = Message.getInt(m.body, NUMBER);
        if (number == 1) {
            failed = new AtomicBoolean();
        } else if (number != last + 1) {
            failed.set(true);
        }
        last = number;
        Queued call = new Queued(m, number, failed);
        String refusal = add(call);
        if (refusal != null) {
            call.refuse(refusal);
        }
    }

    /** Says why it can't be run, if so. */
    private synchronized String add(Queued call) {
        if (call.failed.get()) {
            return call.skipped();
        }
        String refusal = null;
        if (waiting.size() == MAX_WAITING) {
            refusal = FULL;
        } else if (!hasWorker && !context.calls.workers.execute(this)) {
            refusal = Calls.BUSY;
        } else {
            hasWorker = true;
            waiting.add(call);
        }
        call.failed.set(refusal != null);
        return refusal;
    }

    @Override
    public void run() {
        Queued call;
        while ((call = next()) != null) {
            call.run();
            if (isWaitedFor() && context.calls.workers.execute(this)) {
                return;
            }
        }
    }

    private synchronized Queued next() {
        Queued call = waiting.poll();
        hasWorker = call != null;
        return call;
    }

    private synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    /** Answers all behind a call that failed. */
    private void failed(Queued call) {
        List<Queued> behind = new ArrayList<>();
        synchronized (this) {
            call.failed.set(true);
            for (Iterator<Queued> i = waiting.iterator(); i.hasNext(); ) {
                Queued other = i.next();
                if (other.failed == call.failed && other.number > call.number) {
                    i.remove();
                    behind.add(other);
                }
            }
        }
        for (Queued other : behind) {
            other.refuse(other.skipped());
        }
    }

    /** One of its calls. */
    private final class Queued extends Invocation {
        final int number;
        /** Whether one of those that it began with has failed. */
        final AtomicBoolean failed;

        private boolean isSkipped;

        Queued(Message request, int number, AtomicBoolean failed) {
            super(context.calls, request);
            this.number = number;
            this.failed = failed;
        }

        /** It is to be refused for that. */
        String skipped() {
            isSkipped = true;
            return "";
        }

        @Override
        protected Message reply(int priority, byte[] body) {
            if (isSkipped) {
                body[0] = NOT_RUN;
            } else if (body[0] != VALUE || (body[FLAGS] & INTERRUPTED) != 0) {
                failed(this);
            }
            return super.reply(priority, body);
        }

        /** Also one that takes no notice fails, and those behind it don't wait to learn that. */
        @Override
        public synchronized void cancel(int graceMillis) {
            super.cancel(graceMillis);
            if (failed != null) { // or it is just being made
                failed(this);
            }
        }
    }
}
