package io.econtext.broker;

import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.NotPortableException;
import io.econtext.UndeliverableException;
import io.econtext.call.EncodedCall;
import io.econtext.call.RemoteFailure;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One try at a call: sent, waited for, decoded; whatever happens, its caller is gone by the deadline.
 *
 * <p>Used by one thread; the callbacks of {@link #async} run on the broker's executor, its cancellation on any thread.
 */
final class Attempt {
    /** For calls that end when their channel does. */
    static final Duration ENDLESS = Duration.ofDays(20);

    static final String GONE = "it is gone";
    static final String MALFORMED = "answered %s with what can't be read: %s";

    private static final int VALUE = 0;
    private static final int THROWN = 1;
    private static final int REFUSED = 2;
    private static final int CANNOT_TRAVEL = 3;
    private static final int HEADER = 6;
    private static final int FLAGS = 1;
    private static final int INTERRUPTED = 1;
    private static final int STREAM_ENDS = 2;
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final long CONGESTION_MILLIS = 10;
    private static final Duration NAME_KEPT = Duration.ofMinutes(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ControlledContext context;
    private final Broker broker;
    private final EncodedCall encoded;
    private final Duration limit;
    private final Session only;
    private final long deadline;
    /** Until then it must be on its way; the life of a stream has no end, its start has. */
    private final long sentBy;

    private final int number = NUMBERS.incrementAndGet();
    private Session session;
    private PendingCall pending;
    private int handle;
    private volatile boolean sent;

    /** @param only the session that the call means something in, or {@code null} if any will do */
    Attempt(ControlledContext context, EncodedCall encoded, Duration limit, Session only) {
        this.context = context;
        this.broker = context.broker;
        this.encoded = encoded;
        this.limit = limit;
        this.only = only;
        long now = System.nanoTime();
        deadline = now + limit.toNanos();
        sentBy = limit == ENDLESS ? now + context.way().options().callTimeout().toNanos() : deadline;
    }

    private void findSession() throws InterruptedException {
        session = only == null ? context.usable(deadline, encoded.target.describe()) : only;
    }

    Object await() throws Throwable {
        findSession();
        pending = new PendingCall(session.id());
        handle = broker.router.register(pending);
        context.running.put(number, encoded.target.describe());
        try {
            send(handle);
            pending.await(deadline);
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } finally {
            broker.router.unregister(handle);
            if (!sent || pending.isDone()) {
                context.running.remove(number);
            }
        }
        if (!pending.isDone()) {
            cancel();
            throw timedOut();
        }
        return result();
    }

    /** Doesn't block, unless the link's queue is full. */
    void async(CompletableFuture<Object> future) {
        CompletableFuture<?> ready = only == null ? context.ready() : CompletableFuture.completedFuture(null);
        if (ready.isDone()) {
            start(future);
        } else {
            if (limit != ENDLESS) {
                broker.after(limit, () -> future.completeExceptionally(timedOut()), future);
            }
            ready.whenComplete((transport, failure) -> broker.execute(() -> start(future)));
        }
    }

    private void start(CompletableFuture<Object> future) {
        if (future.isDone()) {
            return;
        }
        try {
            findSession();
            pending = new PendingCall(session.id(), () -> broker.callback(() -> complete(future)));
            handle = broker.router.register(pending);
            context.running.put(number, encoded.target.describe());
            future.whenComplete((result, failure) -> done(future));
            if (limit != ENDLESS) {
                broker.after(
                        Duration.ofNanos(deadline - System.nanoTime()),
                        () -> future.completeExceptionally(timedOut()),
                        future);
            }
            if (!future.isDone()) {
                send(handle);
                if (future.isDone() && !pending.isDone()) {
                    // Cancelled while it was being sent.
                    cancel();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    private void complete(CompletableFuture<Object> future) {
        try {
            future.complete(result());
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    private void done(CompletableFuture<Object> future) {
        broker.router.unregister(handle);
        if (sent && !pending.isDone()) {
            cancel();
        } else {
            context.running.remove(number);
        }
    }

    /** Sends without wanting an answer. */
    void post() throws InterruptedException {
        findSession();
        send(0);
        if (session.ended.isDone()) {
            throw lost(session.ended.join());
        }
    }

    private void send(int replyTo) throws InterruptedException {
        Session keeper = session.keeper();
        byte[] ahead = broker.classes.ahead(encoded.loader, encoded.needed, keeper.sent);
        if (ahead != null) {
            offer(broker.router.message(Message.NORMAL, keeper.id(), Handles.PUSH, 0, ahead));
        }
        long millis = Math.max(1, (deadline - System.nanoTime()) / 1000000);
        byte[] body = encoded.body(number, (int) Math.min(Integer.MAX_VALUE, millis));
        if (body.length > Broker.MAX_MESSAGE) {
            throw new NotPortableException("the arguments of " + encoded.target.describe() + " take " + body.length
                    + " bytes; the limit is " + Broker.MAX_MESSAGE + ": use a channel");
        }
        offer(broker.router.message(Message.NORMAL, session.id(), Handles.CALL, replyTo, body));
        sent = true;
    }

    private void offer(Message m) throws InterruptedException {
        while (!broker.router.trySend(m)) {
            if (session.ended.isDone() || session.up.isCompletedExceptionally()) {
                throw lost(session.ended.getNow(GONE));
            }
            if (System.nanoTime() - sentBy > 0) {
                throw timedOut();
            }
            session.link().flush(CONGESTION_MILLIS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        session.passed(m, true);
    }

    private RuntimeException lost(String reason) {
        if (session.up.isCompletedExceptionally()) {
            try {
                session.up.join();
            } catch (RuntimeException e) {
                return e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        return context.lostException(reason, sent ? Delivery.MAYBE_RAN : Delivery.NOT_SENT, null);
    }

    private RuntimeException timedOut() {
        return Caller.timedOut(context, encoded.target, limit, sent ? Delivery.MAYBE_RAN : Delivery.NOT_SENT);
    }

    private void cancel() {
        if (sent) {
            // Its name stays known for as long as it may be reported as stuck.
            broker.after(
                    context.way().options().grace().plus(NAME_KEPT),
                    () -> context.running.remove(number),
                    new CompletableFuture<>());
            byte[] body = new byte[8];
            Message.putInt(body, 0, number);
            Message.putInt(body, 4, Broker.millis(context.way().options().grace()));
            // Not urgent, as it would overtake the call itself; a long one goes on by turns.
            Message m = broker.router.message(Message.NORMAL, session.id(), Handles.CANCEL, 0, body);
            if (encoded.isLong()) {
                broker.execute(() -> {
                    session.link().flush(context.way().options().grace().toMillis());
                    session.send(m);
                });
            } else if (!broker.router.trySend(m)) {
                broker.execute(() -> session.send(m));
            }
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
            throw lost(session.ended.getNow(pending.lost()));
        }
        session.passed(m, false);
        if (m.isBounced() && m.source == broker.router.id()) {
            // The link went before the message could take it.
            sent = false;
            throw lost(session.ended.getNow(GONE));
        }
        if (m.isBounced()) {
            throw new UndeliverableException(
                    encoded.target.describe() + " in " + context.name() + ": " + Printable.line(Text.string(m.body)));
        }
        byte[] body = m.body;
        try {
            if (body.length < HEADER) {
                throw new MalformedReply("a reply of " + body.length + " bytes");
            }
            int logged = Message.getInt(body, 2);
            if (!session.logs.isDelivered(logged)) {
                session.logs.awaitDelivered(logged, deadline);
            }
            switch (body[0]) {
                case VALUE:
                    return value(body);
                case THROWN:
                    throw isLate(body) ? timedOut() : thrown(body);
                default:
                    String text = Printable.line(Text.string(Arrays.copyOfRange(body, HEADER, body.length)));
                    if (body[0] == REFUSED) {
                        throw new UndeliverableException(
                                encoded.target.describe() + " in " + context.name() + ": " + text);
                    }
                    if (body[0] != CANNOT_TRAVEL) {
                        throw new MalformedReply("outcome " + body[0]);
                    }
                    throw new NotPortableException("the result of " + encoded.target.describe() + " in "
                            + context.name() + " can't travel: " + text);
            }
        } catch (MalformedReply e) {
            String why = MALFORMED.formatted(encoded.target.describe(), e.getMessage());
            context.refused(why, 1);
            throw new ContextLostException(context.name(), why, Delivery.RAN, e);
        }
    }

    private Object value(byte[] body) {
        if (encoded.target.result == void.class) {
            return null;
        }
        try {
            return broker.values.decode(body, HEADER, body.length - HEADER, encoded.target.result);
        } catch (NotPortableException e) {
            context.refused(MALFORMED.formatted(encoded.target.describe(), e.getMessage()), 1);
            throw e;
        }
    }

    /** Whether the context kept the deadline, too, and what it interrupted said so before our own wait was over. */
    private boolean isLate(byte[] body) {
        return (body[FLAGS] & INTERRUPTED) != 0 && deadline - System.nanoTime() < MOMENT.toNanos();
    }

    private Throwable thrown(byte[] body) throws MalformedReply {
        try {
            return RemoteFailure.read(
                    new DataInputStream(new ByteArrayInputStream(body, HEADER, body.length - HEADER)),
                    encoded.target.exceptions,
                    context.name());
        } catch (IOException e) {
            throw new MalformedReply(e.getMessage());
        }
    }

    private static final class MalformedReply extends Exception {
        private static final long serialVersionUID = 1;

        MalformedReply(String message) {
            super(message);
        }
    }
}
