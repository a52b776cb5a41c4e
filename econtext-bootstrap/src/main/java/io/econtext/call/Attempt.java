package io.econtext.call;

import io.econtext.CallTimeoutException;
import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.NotAllowedException;
import io.econtext.NotPortableException;
import io.econtext.UndeliverableException;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One try at a call: sent, waited for, decoded; whatever happens, its caller is gone by the deadline.
 *
 * <p>Used by one thread; the callbacks of {@link #async} run on threads of its side, its cancellation on any.
 */
final class Attempt {
    static final String GONE = "it is gone";
    static final String NOT_AN_ANCESTOR = "only its ancestors may run code in a context";

    private static final int VALUE = 0;
    private static final int THROWN = 1;
    private static final int REFUSED = 2;
    private static final int CANNOT_TRAVEL = 3;
    static final int HEADER = 6;
    private static final int FLAGS = 1;
    private static final int INTERRUPTED = 1;
    private static final int STREAM_ENDS = 2;
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final long CONGESTION_MILLIS = 10;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Origin origin;
    private final Router router;
    private final Callee callee;
    private final EncodedCall call;
    private final Deadline deadline;
    private final Life only;
    private final Executor completer;
    /** Until then it must be on its way; the life of a stream has no end, its start has. */
    private final long sentBy;

    private final int number = NUMBERS.incrementAndGet();
    private Life life;
    private PendingCall pending;
    private int handle;
    /** In its chain, or {@code null}. */
    private Turn turn;

    private volatile boolean sent;
    private volatile boolean starting = true;
    private final AtomicBoolean left = new AtomicBoolean();

    /** @param only the life that the call means something in, or {@code null} if any will do */
    Attempt(Origin origin, Callee callee, EncodedCall call, Deadline deadline, Life only) {
        this(origin, callee, call, deadline, only, callee.completer());
    }

    /** Its turn in a chain, which looks after its deadline where nobody waits for it. */
    Attempt(Origin origin, Callee callee, EncodedCall call, Deadline deadline, Turn turn, Executor completer) {
        this(origin, callee, call, deadline, turn.life, completer);
        this.turn = turn;
    }

    /** @param completer what completes an asynchronous one */
    Attempt(Origin origin, Callee callee, EncodedCall call, Deadline deadline, Life only, Executor completer) {
        this.completer = completer;
        this.origin = origin;
        this.router = origin.router;
        this.callee = callee;
        this.call = call;
        this.deadline = deadline;
        this.only = only;
        sentBy = deadline.isEndless() ? new Deadline(callee.callTimeout()).at : deadline.at;
    }

    private void findLife() throws InterruptedException {
        life = only == null ? callee.usable(deadline.at, call.target.describe()) : only;
    }

    Object await() throws Throwable {
        findLife();
        pending = new PendingCall(life.id());
        handle = router.register(pending);
        callee.begun(number, call.target);
        boolean isCancelled = true;
        try {
            send(handle);
            pending.await(deadline.at);
        } finally {
            isCancelled = leave();
        }
        if (isCancelled) {
            throw timedOut();
        }
        return result();
    }

    /** Doesn't block, unless the link's queue is full. */
    void async(CompletableFuture<Object> future) {
        CompletableFuture<?> ready = only == null ? callee.ready() : CompletableFuture.completedFuture(null);
        if (ready.isDone()) {
            start(future);
        } else {
            endInTime(future);
            ready.whenComplete((done, failure) -> origin.threads.execute(() -> {
                if (failure == null) {
                    start(future);
                } else {
                    future.completeExceptionally(failure);
                }
            }));
        }
    }

    private void start(CompletableFuture<Object> future) {
        if (future.isDone()) {
            return;
        }
        try {
            findLife();
            pending = new PendingCall(life.id(), () -> completer.execute(() -> complete(future)));
            handle = router.register(pending);
            callee.begun(number, call.target);
            future.whenComplete((result, failure) -> {
                if (!starting) {
                    leave();
                }
            });
            endInTime(future);
            try {
                if (!future.isDone()) {
                    send(handle);
                }
            } finally {
                starting = false;
                if (future.isDone()) {
                    leave();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    private void endInTime(CompletableFuture<Object> future) {
        if (!deadline.isEndless() && turn == null) {
            Duration left = Duration.ofNanos(deadline.left());
            origin.threads.after(left, () -> future.completeExceptionally(timedOut()), future);
        }
    }

    private void complete(CompletableFuture<Object> future) {
        try {
            future.complete(result());
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    /** Nobody waits any more: it is cancelled if it may run, which is said. */
    private boolean leave() {
        if (!left.compareAndSet(false, true)) {
            return false;
        }
        boolean runs = sent && pending.leave(new Ending(origin, callee, call.target, number, handle, pending));
        if (runs) {
            cancel();
        } else {
            router.unregister(handle);
            callee.over(number);
        }
        return runs;
    }

    /** Sends without wanting an answer. */
    void post() throws InterruptedException {
        findLife();
        send(0);
        if (life.isOver()) {
            throw over(GONE);
        }
    }

    private void send(int replyTo) throws InterruptedException {
        for (Message classes : life.ahead(call)) {
            offer(classes);
        }
        long millis = Math.max(1, deadline.left() / 1000000);
        byte[] body = call.body(number, (int) Math.min(Integer.MAX_VALUE, millis), turn == null ? 0 : turn.number);
        if (body.length > origin.maxMessage) {
            throw new NotPortableException("the arguments of " + call.target.describe() + " take " + body.length
                    + " bytes; the limit is " + origin.maxMessage + ": use a channel");
        }
        offer(
                turn == null
                        ? router.message(Message.NORMAL, life.id(), Handles.CALL, replyTo, body)
                        // of one handle, long messages don't let short ones pass them
                        : router.message(Message.BULK, life.id(), turn.handle, replyTo, body));
        sent = true;
    }

    private void offer(Message m) throws InterruptedException {
        while (!router.trySend(m)) {
            if (life.isOver()) {
                throw over(GONE);
            }
            if (System.nanoTime() - sentBy > 0) {
                throw timedOut();
            }
            life.flush(CONGESTION_MILLIS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        life.passed(m, true);
    }

    private RuntimeException over(String reason) {
        return life.over(reason, sent ? Delivery.MAYBE_RAN : Delivery.NOT_SENT);
    }

    private CallTimeoutException timedOut() {
        return deadline.passed(where(), sent);
    }

    private void cancel() {
        callee.cancelled(number);
        long grace = callee.grace().toMillis();
        byte[] body = new byte[8];
        Message.putInt(body, 0, number);
        Message.putInt(body, 4, Origin.millis(callee.grace()));
        // Not urgent, as it would overtake the call itself; a long one goes on by turns.
        Message m = router.message(Message.NORMAL, life.id(), Handles.CANCEL, 0, body);
        if (call.isLong() || turn != null) {
            origin.threads.execute(() -> {
                life.flush(grace);
                life.send(m);
            });
        } else if (!router.trySend(m)) {
            origin.threads.execute(() -> life.send(m));
        }
    }

    /** Whether the call was answered and the end of its channel, which takes another way, has come or will. */
    boolean streamEnds() {
        Message m = pending == null ? null : pending.message();
        return m != null && !m.isBounced() && m.body.length >= HEADER && (m.body[FLAGS] & STREAM_ENDS) != 0;
    }

    private Object result() throws Throwable {
        Message m = pending.message();
        if (m == null) {
            throw over(pending.lost());
        }
        life.passed(m, false);
        if (m.isBounced()) {
            throw bounced(m);
        }
        byte[] body = m.body;
        try {
            if (body.length < HEADER) {
                throw new MalformedReply("a reply of " + body.length + " bytes");
            }
            life.awaitLogged(Message.getInt(body, 2), deadline.at);
            switch (body[0]) {
                case VALUE:
                    // In a chain those behind it aren't run, though it took no notice.
                    if (turn != null && wasInterrupted(body)) {
                        throw stoppedInTime();
                    }
                    return value(body);
                case THROWN:
                    throw isLate(body) ? stoppedInTime() : thrown(body);
                case CallQueue.NOT_RUN:
                    throw turn == null ? new MalformedReply("outcome " + body[0]) : new NotRun();
                default:
                    String text = Printable.brief(Text.string(Arrays.copyOfRange(body, HEADER, body.length)));
                    if (body[0] == REFUSED) {
                        if (deadline.left() < MOMENT.toNanos()) {
                            throw timedOut(); // most likely that is why
                        }
                        throw new UndeliverableException(where() + ": " + text);
                    }
                    if (body[0] != CANNOT_TRAVEL) {
                        throw new MalformedReply("outcome " + body[0]);
                    }
                    throw new NotPortableException("the result of " + where() + " can't travel: " + text);
            }
        } catch (MalformedReply e) {
            callee.refused(malformed(e));
            throw new ContextLostException(callee.name(), malformed(e), Delivery.RAN, e);
        }
    }

    private Object value(byte[] body) {
        if (call.target.result == void.class) {
            return null;
        }
        try {
            return origin.values.decode(body, HEADER, body.length - HEADER, call.target.result);
        } catch (NotPortableException e) {
            callee.refused(malformed(e));
            throw e;
        }
    }

    private String malformed(Exception e) {
        return "answered " + call.target.describe() + " with what can't be read: " + e.getMessage();
    }

    private String where() {
        return call.target.describe() + " in " + callee.name();
    }

    private RuntimeException bounced(Message m) {
        if (m.source == router.id()) {
            // The link went before the message could take it.
            sent = false;
            return over(GONE);
        }
        String why = Printable.brief(Text.string(m.body));
        if (why.startsWith(Router.NO_CONTEXT)) {
            sent = false;
            return over(why);
        }
        if (why.equals(Router.NO_HANDLE + Handles.CALL) || why.startsWith(Router.NOT_ALLOWED)) {
            return new NotAllowedException(where() + ": " + NOT_AN_ANCESTOR);
        }
        return new UndeliverableException(where() + ": " + why);
    }

    /** Whether the context kept the deadline, too, and what it interrupted said so before our own wait was over. */
    private boolean isLate(byte[] body) {
        return wasInterrupted(body) && deadline.left() < MOMENT.toNanos();
    }

    static boolean wasInterrupted(byte[] body) {
        return (body[FLAGS] & INTERRUPTED) != 0;
    }

    private CallTimeoutException stoppedInTime() {
        callee.stopped(call.target, true);
        return timedOut();
    }

    private Throwable thrown(byte[] body) throws MalformedReply {
        try {
            return RemoteFailure.read(
                    new DataInputStream(new ByteArrayInputStream(body, HEADER, body.length - HEADER)),
                    call.target.exceptions,
                    callee.name());
        } catch (IOException e) {
            throw new MalformedReply(e.getMessage());
        }
    }

    boolean isSent() {
        return sent;
    }

    /** It was not run, as one before it in its chain failed. */
    static final class NotRun extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final class MalformedReply extends Exception {
        private static final long serialVersionUID = 1;

        MalformedReply(String message) {
            super(message);
        }
    }
}
