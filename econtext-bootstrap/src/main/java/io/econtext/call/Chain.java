package io.econtext.call;

import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.ChainFailedException;
import io.econtext.Delivery;
import io.econtext.UndeliverableException;
import io.econtext.core.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A chain, where its calls are made: one thread at a time sends them, in order, to a {@link CallQueue} that was opened
 * for it there. That says which were not run; why is known here, from the outcome of the one that failed.
 *
 * <p>The lock is never held over I/O or the completion of a call.
 */
final class Chain implements CallChain {
    static final int MAX_UNSENT = 10000;
    static final String CLOSED = "the chain was closed";
    static final String FULL = "too many calls of its chain wait to be sent";
    static final String LOST = "it was lost after the chain began; reset() goes on";

    private static final Runnable NOTHING = () -> {};

    private final Caller caller;
    private final ArrayDeque<Runnable> unsent = new ArrayDeque<>();
    private boolean sending;
    private boolean closed;
    private Stretch stretch = new Stretch();

    // Who sends knows the rest.
    private Life life;
    private int handle;
    private Stretch begun;
    private int number;

    Chain(Caller caller) {
        this.caller = caller;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R, X extends Exception> R invoke(Call<R, X> call) throws X {
        return (R) make(call, new LinkedBlockingQueue<>()).await();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        Chained made = make(call, null);
        made.endInTime();
        return (CompletableFuture<R>) made.outcome;
    }

    @Override
    public void post(Call<?, ?> call) {
        invokeAsync(call);
    }

    @Override
    public synchronized void reset() {
        stretch = new Stretch();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (add(this::end)) {
            caller.origin.threads.execute(this::send);
        }
    }

    private void end() {
        if (life != null) {
            life.send(caller.origin.router.message(Message.BULK, life.id(), handle, 0, new byte[0]));
        }
    }

    private Chained make(Call<?, ?> call, LinkedBlockingQueue<Runnable> waiter) {
        EncodedCall encoded = caller.encode(call);
        Chained made;
        RuntimeException why;
        boolean starts;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException(CLOSED);
            }
            made = new Chained(encoded, caller.limit(call), waiter, stretch);
            why = stretch.why(made);
            if (why == null && unsent.size() >= MAX_UNSENT) {
                why = new UndeliverableException(made.where() + ": " + FULL);
            }
            starts = why == null && add(made);
        }
        if (why != null) {
            made.attempted.completeExceptionally(why);
        } else if (starts) {
            caller.origin.threads.execute(this::send);
        }
        return made;
    }

    /** Says whether somebody must begin to send. */
    private synchronized boolean add(Runnable what) {
        unsent.add(what);
        boolean begins = !sending;
        sending = true;
        return begins;
    }

    private void send() {
        Runnable next;
        while ((next = next()) != null) {
            next.run();
        }
    }

    private synchronized Runnable next() {
        Runnable next = unsent.poll();
        sending = next != null;
        return next;
    }

    /** The next turn, in the life that the others had theirs in. */
    private Turn turn(Chained call) throws Throwable {
        boolean isFirst = begun != call.stretch;
        if (life != null && !isFirst && life.isOver()) {
            throw life.over(LOST, Delivery.NOT_SENT);
        }
        Life now = caller.callee.usable(call.deadline.at, call.call.target.describe());
        if (isFirst) {
            begun = call.stretch;
            number = 0;
        }
        if (life == null || isFirst && life != now) {
            life = null;
            EncodedCall open = caller.encode(Call.of(CallQueue::open));
            handle = (Integer) new Attempt(caller.origin, caller.callee, open, call.deadline, now).await();
            life = now;
        } else if (life != now) {
            throw life.over(LOST, Delivery.NOT_SENT);
        }
        return new Turn(life, handle, ++number);
    }

    /** The calls between two resets, or the ends. Guarded by its chain. */
    private final class Stretch {
        private int made;
        private Chained failed;
        private Throwable why;
        /** Not run, but why isn't known yet. */
        private final List<Chained> unexplained = new ArrayList<>();

        int next() {
            return ++made;
        }

        void fail(Chained call, Throwable failure) {
            synchronized (Chain.this) {
                if (failed == null || call.order < failed.order) {
                    failed = call;
                    why = failure;
                }
            }
        }

        /** Fails those that were waiting to be told why they were not run. */
        void explain() {
            List<Chained> behind = new ArrayList<>();
            synchronized (Chain.this) {
                for (Iterator<Chained> i = unexplained.iterator(); i.hasNext(); ) {
                    Chained call = i.next();
                    if (failed.order < call.order) {
                        i.remove();
                        behind.add(call);
                    }
                }
            }
            for (Chained call : behind) {
                call.outcome.completeExceptionally(why(call));
            }
        }

        /** What a call fails with that isn't run; {@code null} if none before it is known to have failed. */
        ChainFailedException why(Chained call) {
            synchronized (Chain.this) {
                return failed == null || failed.order >= call.order
                        ? null
                        : new ChainFailedException(call.where(), failed.call.target.describe(), why);
            }
        }

        /** The context says that one before it failed. */
        void notRun(Chained call) {
            ChainFailedException known;
            synchronized (Chain.this) {
                known = why(call);
                if (known == null) {
                    unexplained.add(call);
                }
            }
            if (known != null) {
                call.outcome.completeExceptionally(known);
            }
        }
    }

    /** One call. */
    private final class Chained implements Runnable {
        final EncodedCall call;
        final Deadline deadline;
        final Stretch stretch;
        final int order;
        /** Brings what completes it to the thread that waits for it; {@code null} if none does. */
        private final LinkedBlockingQueue<Runnable> waiter;
        /** Not who sends, as what depends on the outcome may make further calls. */
        private final Executor completer;

        final CompletableFuture<Object> outcome;
        final CompletableFuture<Object> attempted = new CompletableFuture<>();
        private volatile Attempt attempt;

        Chained(EncodedCall call, Deadline deadline, LinkedBlockingQueue<Runnable> waiter, Stretch stretch) {
            this.call = call;
            this.deadline = deadline;
            this.waiter = waiter;
            completer = waiter == null ? caller.callee.completer() : waiter::add;
            this.stretch = stretch;
            order = stretch.next();
            outcome = caller.told(call);
            attempted.whenComplete(this::attempted);
            outcome.whenComplete(this::over);
        }

        String where() {
            return call.target.describe() + " in " + caller.callee.name();
        }

        private Throwable timedOut() {
            Attempt begun = attempt;
            return deadline.passed(where(), begun != null && begun.isSent());
        }

        void endInTime() {
            Duration left = Duration.ofNanos(deadline.left());
            caller.origin.threads.after(left, () -> outcome.completeExceptionally(timedOut()), outcome);
        }

        Object await() {
            try {
                while (!outcome.isDone()) {
                    Runnable done = waiter.poll(deadline.left(), TimeUnit.NANOSECONDS);
                    if (done == null) {
                        outcome.completeExceptionally(timedOut());
                    } else {
                        done.run();
                    }
                }
            } catch (InterruptedException e) {
                outcome.completeExceptionally(caller.interrupted(call.target, e));
            }
            try {
                return outcome.join();
            } catch (CompletionException e) {
                throw Caller.<RuntimeException>sneaky(e.getCause());
            }
        }

        /** Sends it, unless it is over. */
        @Override
        public void run() {
            ChainFailedException why = stretch.why(this);
            if (why != null) {
                attempted.completeExceptionally(why);
            }
            if (outcome.isDone() || why != null) {
                return;
            }
            try {
                attempt = new Attempt(caller.origin, caller.callee, call, deadline, turn(this), completer);
                attempt.async(attempted);
            } catch (Throwable e) {
                attempted.completeExceptionally(e);
            }
        }

        private void attempted(Object value, Throwable failure) {
            if (failure == null) {
                outcome.complete(value);
            } else if (!(failure instanceof Attempt.NotRun)) {
                Throwable why = failure instanceof InterruptedException
                        ? caller.interrupted(call.target, (InterruptedException) failure)
                        : failure;
                stretch.fail(this, why);
                completer.execute(() -> {
                    outcome.completeExceptionally(why);
                    stretch.explain();
                });
            } else {
                stretch.notRun(this);
            }
        }

        /** Whoever ended it before its time failed the chain. */
        private void over(Object value, Throwable failure) {
            if (waiter != null) {
                waiter.add(NOTHING);
            }
            if (!attempted.isDone()) {
                stretch.fail(this, failure == null ? new CancellationException(where()) : failure);
                attempted.cancel(true);
                stretch.explain();
            }
        }
    }
}
