package io.econtext.broker;

import io.econtext.Call;
import io.econtext.broker.Transport.WriteListener;
import io.econtext.call.Origin;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.parent.Printable;
import io.econtext.parent.Relay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Our end of a {@link Relay}. What comes is handed on at once; what goes waits for credit, so no memory grows.
 *
 * <p>Messages come on the reader of the link; nobody is told under the lock, and one thread at a time sends.
 */
final class RelayedConnection extends Handler implements Outlet.Connection {
    static final String GONE = "context '%s' is gone: %s";
    static final String CLOSED = "the connection is closed";
    static final String OUT_OF_ORDER = "context '%s' sent what can't be a connection's";
    static final String NOT_PASSED = "what context '%s' sent was lost on the way";

    /** For the slowest resolver of names: a call that is given up before counts as stuck. */
    private static final Duration RESOLVER = Duration.ofMinutes(2);

    private static final Duration CONGESTION_PAUSE = Duration.ofMillis(5);

    private final Session session;
    private final Router router;
    private final Outlet.Events events;
    private final int handle;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** The relay's handle; 0 until it is open. */
    private int relay;

    private int credit = Relay.WINDOW;
    private int owed;
    private @Nullable ByteBuffer data;
    private @Nullable WriteListener listener;
    private boolean sending;

    RelayedConnection(Session session, Outlet.Events events) {
        super(session.id());
        this.session = session;
        this.events = events;
        router = session.broker.router;
        handle = router.register(this);
    }

    void open(String host, int port, Duration timeout) {
        session.context
                .caller()
                .invokeAsync(
                        Call.running(Relay::open, host, port, Origin.millis(timeout), handle)
                                .withTimeout(timeout.plus(RESOLVER)),
                        session)
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        notOpened(failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
    }

    private void notOpened(Throwable failure) {
        if (!(failure instanceof IOException why)) {
            over(failure.getMessage());
        } else if (end()) {
            events.failed(why);
        }
    }

    @Override
    public void handle(Message m) {
        int kind = m.body.length == 0 ? -1 : m.body[0];
        if (m.isBounced()) {
            over(NOT_PASSED.formatted(session.context.name()));
        } else if (kind == Relay.OPENED && opened(m.replyTo)) {
            events.opened();
        } else if (kind == Relay.BYTES && isOpen()) {
            events.received(m.body, 1, m.body.length - 1);
            taken(m.body.length - 1);
        } else if (kind == Relay.CREDIT && m.body.length == 5) {
            credited(Message.getInt(m.body, 1));
        } else if (kind == Relay.END) {
            over(Printable.line(Text.string(Arrays.copyOfRange(m.body, 1, m.body.length))));
        } else {
            over(OUT_OF_ORDER.formatted(session.context.name()));
        }
    }

    @Override
    public void lost(String reason) {
        over(GONE.formatted(session.context.name(), reason));
    }

    private synchronized boolean opened(int by) {
        boolean first = relay == 0 && by != 0;
        relay = first ? by : relay;
        return first;
    }

    private synchronized boolean isOpen() {
        return relay != 0;
    }

    private void taken(int bytes) {
        int returned = 0;
        synchronized (this) {
            owed += bytes;
            if (owed >= Relay.WINDOW / 2) {
                returned = owed;
                owed = 0;
            }
        }
        if (returned > 0) {
            router.send(toRelay(Message.CONTROL, Relay.credit(returned)));
        }
    }

    private void credited(int bytes) {
        synchronized (this) {
            credit = Math.min(Relay.WINDOW, credit + Math.max(0, Math.min(Relay.WINDOW, bytes)));
        }
        send();
    }

    private Message toRelay(int priority, byte[] body) {
        return router.message(priority, session.id(), relay, 0, body);
    }

    @Override
    public void write(ByteBuffer bytes, WriteListener done) {
        boolean over;
        synchronized (this) {
            over = ended.isDone();
            if (!over) {
                data = bytes;
                listener = done;
            }
        }
        if (over) {
            done.written(new IOException(CLOSED));
        } else {
            send();
        }
    }

    /** Sends what there is credit for, unless another thread does. */
    private void send() {
        synchronized (this) {
            if (sending) {
                return;
            }
            sending = true;
        }
        send(cut());
    }

    private void send(@Nullable Message first) {
        Message m = first;
        while (m != null) {
            Message tried = m;
            if (!router.trySend(tried)) {
                session.broker.after(CONGESTION_PAUSE, () -> send(tried), ended);
                return;
            }
            written();
            m = cut();
        }
    }

    private synchronized @Nullable Message cut() {
        int length = data == null ? 0 : Math.min(Math.min(data.remaining(), Relay.CHUNK), credit);
        if (length == 0 && (data == null || data.hasRemaining())) {
            sending = false;
            return null;
        }
        credit -= length;
        byte[] body = new byte[1 + length];
        body[0] = Relay.BYTES;
        data.get(body, 1, length);
        return toRelay(Message.BULK, body);
    }

    /** Tells if that was all. */
    private void written() {
        WriteListener done = null;
        synchronized (this) {
            if (data != null && !data.hasRemaining()) {
                done = listener;
                data = null;
                listener = null;
            }
        }
        if (done != null) {
            done.written(null);
        }
    }

    private void over(String reason) {
        if (end()) {
            events.ended(reason);
        }
    }

    /** A relay that opens later finds nobody, and ends. */
    @Override
    public void close() {
        if (end() && isOpen()) {
            router.send(toRelay(Message.BULK, new byte[] {Relay.END}));
        }
    }

    /** Says whether it hadn't ended before. */
    private boolean end() {
        WriteListener unwritten;
        synchronized (this) {
            if (ended.isDone()) {
                return false;
            }
            ended.complete(null);
            unwritten = listener;
            data = null;
            listener = null;
        }
        router.unregister(handle);
        if (unwritten != null) {
            unwritten.written(new IOException(CLOSED));
        }
        return true;
    }
}
