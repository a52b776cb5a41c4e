package io.econtext.call;

import io.econtext.ContextInfo;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Delivery;
import io.econtext.EcontextException;
import io.econtext.NotAllowedException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.parent.Children;
import io.econtext.parent.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A context as code in another one sees it: a number, a name, and calls. It has one life: what is started again is
 * another context.
 *
 * <p>Safe for use by any thread.
 */
final class ReferredContext extends CalledContext implements Callee, Life {
    static final String CLOSED = "it was closed";
    static final String ITS_OWN =
            " starts its children itself: call code there that says Econtext.current().connect(way)";
    static final String NOT_AN_ANCESTOR = "only its ancestors may end a context";

    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);
    private static final int CONGESTION_MILLIS = 10;
    private static final int LOGGED_BEFORE = 3;
    private static final long LAST_WORDS_MILLIS = 3000;
    private static final Duration NAME_KEPT = Duration.ofMinutes(1);

    private final Here here;
    private final int id;
    private final String name;
    private final String address;
    private final ContextOptions options;
    private final Router router;
    private final Caller caller;
    private int handle;
    private volatile ContextState state = ContextState.CONNECTED;
    private volatile String gone;
    private volatile ContextInfo info;
    /** Whether this context started it. */
    private volatile boolean ours;
    /** The last of its lines that the controller was told to wait for; 0 if it has none. Guards itself. */
    private final AtomicInteger logged = new AtomicInteger();

    ReferredContext(Here here, int id, String name, String address, ContextOptions options) {
        this.here = here;
        this.id = id;
        this.name = name;
        this.address = address;
        this.options = options;
        router = here.origin.router;
        caller = new Caller(here.origin.of(options), this, options.callTimeout());
    }

    /** From now on its end is told here. */
    void watch() {
        handle = router.register(new Watch());
    }

    void isOurs() {
        ours = true;
    }

    boolean isOf(Here other) {
        return here == other;
    }

    @Override
    protected Caller caller() {
        return caller;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public ContextState state() {
        return state;
    }

    /** Asked for when first wanted; {@code null} where it can't be asked. */
    @Override
    public ContextInfo info() {
        if (info == null && gone == null) {
            try {
                info = call(Itself::info);
            } catch (EcontextException | IOException e) {
                return null;
            }
        }
        return info;
    }

    @Override
    public RemoteContext connect() {
        usable(0, name);
        return this;
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync() {
        CompletableFuture<RemoteContext> connected = new CompletableFuture<>();
        try {
            connected.complete(connect());
        } catch (ContextLostException e) {
            connected.completeExceptionally(e);
        }
        return connected;
    }

    /** Known of children of this context only. */
    @Override
    public RemoteContext via() {
        return ours ? here.itself() : null;
    }

    @Override
    public RemoteContext define(Way child) {
        throw new UnsupportedOperationException(name + ITS_OWN);
    }

    @Override
    public RemoteContext connect(Way child) {
        throw new UnsupportedOperationException(name + ITS_OWN);
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync(Way child) {
        throw new UnsupportedOperationException(name + ITS_OWN);
    }

    @Override
    public Duration callTimeout() {
        return options.callTimeout();
    }

    @Override
    public Duration grace() {
        return options.grace();
    }

    @Override
    public Life usable(long deadline, String what) {
        if (state != ContextState.CONNECTED) {
            throw lostException(gone == null ? CLOSED : gone, Delivery.NOT_SENT);
        }
        return this;
    }

    @Override
    public CompletableFuture<?> ready() {
        return READY;
    }

    @Override
    public void begun(int call, Target target) {
        here.stuck.begun(id, call, target.describe() + " in " + name);
    }

    @Override
    public void cancelled(int call) {
        here.origin.threads.after(options.grace().plus(NAME_KEPT), () -> over(call), new CompletableFuture<>());
    }

    @Override
    public void stopped(Target target, boolean interrupted) {}

    @Override
    public void over(int call) {
        here.stuck.over(id, call);
    }

    @Override
    public void refused(String why) {
        System.err.println("refused: " + name + " " + why);
    }

    /** The controller counts its own calls only. */
    @Override
    public Executor completer() {
        return here.origin.threads::callback;
    }

    @Override
    public void called(Target target, long nanos, Throwable failure) {}

    @Override
    public boolean isOver() {
        return gone != null;
    }

    @Override
    public ContextLostException over(String reason, Delivery delivery) {
        lost(reason);
        return lostException(gone, delivery);
    }

    private ContextLostException lostException(String reason, Delivery delivery) {
        return new ContextLostException(name, Printable.line(reason), delivery, null);
    }

    /** Who needs classes asks for them. */
    @Override
    public List<Message> ahead(EncodedCall call) {
        return Collections.emptyList();
    }

    @Override
    public void flush(long millis) {
        Link link = router.route(id);
        if (link != null) {
            link.flush(millis);
        }
    }

    @Override
    public void send(Message m) {
        while (gone == null && !router.trySend(m)) {
            flush(CONGESTION_MILLIS);
        }
    }

    @Override
    public void passed(Message m, boolean out) {}

    /** Lines go to the controller: that is told which ones come before whatever this context says from now on. */
    @Override
    public void awaitLogged(int line, long deadline) {
        synchronized (logged) { // also who finds it told needs that it was
            if (logged.getAndSet(line) != line) {
                here.context.logs.send(LOGGED_BEFORE, id, line, "", "", "", null);
            }
        }
    }

    /** Waits until it has ended; ends nothing by force but children of this context. */
    @Override
    public void close() {
        synchronized (this) {
            if (state != ContextState.CONNECTED) {
                return;
            }
            state = ContextState.CLOSING;
        }
        int grace = Origin.millis(options.grace());
        byte[] body = new byte[4];
        Message.putInt(body, 0, grace);
        send(router.message(Message.NORMAL, id, Handles.SHUTDOWN, handle, body));
        awaitEnd(grace + LAST_WORDS_MILLIS);
        if (ours) {
            Children.end(id);
        }
        lost(CLOSED);
    }

    private synchronized void awaitEnd(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        try {
            while (state == ContextState.CLOSING && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (state == ContextState.CONNECTED) {
            throw new NotAllowedException("closing " + name + ": " + NOT_AN_ANCESTOR);
        }
    }

    /** It isn't for this context to close it. */
    private synchronized void goesOn() {
        if (state == ContextState.CLOSING) {
            state = ContextState.CONNECTED;
            notifyAll();
        }
    }

    /** Called on readers of links, too, which can't wait for a class. */
    private void lost(String reason) {
        synchronized (this) {
            if (gone != null) {
                return;
            }
            gone = reason;
            state = state == ContextState.CLOSING ? ContextState.CLOSED : ContextState.LOST;
            notifyAll();
        }
        router.unregister(handle);
        here.forget(this);
    }

    @Override
    public String toString() {
        return name + " (" + address + ", " + state + ")";
    }

    /** Learns of its end. */
    private final class Watch extends Handler {
        Watch() {
            super(id);
        }

        @Override
        public void handle(Message m) {
            String why = Text.string(m.body);
            if (m.isBounced() && why.startsWith(Router.NO_CONTEXT)) {
                ReferredContext.this.lost(why);
            } else if (m.isBounced()) {
                goesOn();
            }
        }

        @Override
        public void lost(String reason) {
            ReferredContext.this.lost(reason);
        }
    }
}
