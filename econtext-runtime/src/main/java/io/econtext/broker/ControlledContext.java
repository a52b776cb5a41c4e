package io.econtext.broker;

import io.econtext.CallSite;
import io.econtext.CallTimeoutException;
import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.ContextLostException;
import io.econtext.ContextState;
import io.econtext.Delivery;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.call.CalledContext;
import io.econtext.call.Callee;
import io.econtext.call.Caller;
import io.econtext.call.Life;
import io.econtext.call.Origin;
import io.econtext.call.Target;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A context that this controller starts: its state, and the session it has while it is up.
 *
 * <p>The lock guards state and session and is never held over I/O or a listener; events are queued under it, so that
 * they are told in order. A context that was lost is connected again by the next call, or by {@link Reconnection}; one
 * that was closed, by {@link #connect} only.
 */
final class ControlledContext extends CalledContext implements Callee {
    static final String CLOSED = "it was closed";
    static final String NOT_OURS = "code in '%s' started it, and only that can start it again";
    static final String NO_PARENT = "'%s', which is to start it, is not up: %s";

    private static final long LAST_WORDS_MILLIS = 3000;
    private static final int MAX_CALL_SITES = 8;
    private static final Duration NAME_KEPT = Duration.ofMinutes(1);

    final Broker broker;
    final Tally tally = new Tally();
    final ConcurrentHashMap<Integer, Target> running = new ConcurrentHashMap<>();
    /** Tells listeners what happens here, one event after the other, in order. */
    final SerialExecutor deliveries;

    private final LimitedExecutor completer;
    final Refusals refusals;
    final LoggerNames loggers;

    private final Way way;
    private final String name;
    /** The context that starts this one, or that it is reached through; {@code null} for the controller. */
    private final ControlledContext via;
    /** It is there for one look at what its start would meet, and nobody is told of it. */
    private final boolean examined;

    private final Caller caller;
    private final Reconnection reconnection;
    private ContextState state = ContextState.NEW;
    private Session session;
    private ContextInfo info;
    private final Set<Integer> formerIds = new HashSet<>();
    private CompletableFuture<RemoteContext> connecting;

    ControlledContext(Broker broker, Way way, String name, ControlledContext via) {
        this(broker, way, name, via, false);
    }

    private ControlledContext(Broker broker, Way way, String name, ControlledContext via, boolean examined) {
        this.broker = broker;
        this.way = way;
        this.name = name;
        this.via = via;
        this.examined = examined;
        deliveries = broker.deliveries();
        completer = broker.completer();
        loggers = isAdopted() ? via.loggers : new LoggerNames();
        refusals = new Refusals(name, deliveries, why -> broker.events.refused(this, why));
        caller = new Caller(broker.origin.of(way.options()), this, way.options().callTimeout());
        reconnection = new Reconnection(this, way.options().reconnect());
    }

    /** What a start would meet, by name; those that start it are connected for that. */
    Map<String, String> examine() {
        Connector<?> connector = via == null ? broker.connectors.of(way) : null;
        if (connector != null && !connector.runsCommands()) {
            return Map.of();
        }
        try (ControlledContext once = new ControlledContext(broker, way, name, via, true)) {
            once.connect();
            throw new IllegalStateException(way + " started what wasn't asked for");
        } catch (Examined e) {
            return e.findings();
        }
    }

    boolean isExamined() {
        return examined;
    }

    Way way() {
        return way;
    }

    @Override
    public ControlledContext via() {
        return via;
    }

    /** Whether its way leads through {@code other}, or it is that. */
    boolean isReachedThrough(ControlledContext other) {
        return this == other || via != null && via.isReachedThrough(other);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized int id() {
        return session == null ? -1 : session.id();
    }

    /** Whether that is its number, or was that of an earlier life. */
    synchronized boolean was(int id) {
        return id > 0 && (session != null && session.id() == id || formerIds.contains(id));
    }

    @Override
    public String address() {
        return way.address();
    }

    @Override
    public synchronized ContextState state() {
        return state;
    }

    @Override
    public synchronized ContextInfo info() {
        return info;
    }

    synchronized Session session() {
        return session;
    }

    @Override
    public RemoteContext connect() {
        CompletableFuture<RemoteContext> future = connectAsync();
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException) {
                throw cancelled(List.of());
            }
            throw failedHere((RuntimeException) e.getCause());
        } catch (CancellationException e) {
            throw cancelled(List.of());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new ConnectFailedException.Cancelled(address(), "interrupted while connecting", List.of(), e);
        }
    }

    /** What failed did so on another thread, and perhaps for several callers. */
    private RuntimeException failedHere(RuntimeException failure) {
        if (failure.getSuppressed().length < MAX_CALL_SITES) {
            failure.addSuppressed(new CallSite(name));
        }
        return failure;
    }

    private ConnectFailedException cancelled(List<String> lastLines) {
        return new ConnectFailedException.Cancelled(address(), "connecting was cancelled", lastLines, null);
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync() {
        return begin(true);
    }

    @Override
    public RemoteContext define(Way child) {
        return broker.define(name + "/" + child.name(), child, this);
    }

    @Override
    public RemoteContext connect(Way child) {
        return broker.connect(define(child));
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync(Way child) {
        return broker.connectAsync(define(child));
    }

    /** @param evenIfClosed whether a context that was closed is to be connected again */
    private CompletableFuture<RemoteContext> begin(boolean evenIfClosed) {
        Session fresh;
        CompletableFuture<RemoteContext> future;
        synchronized (this) {
            if (session != null && session.ended.isDone()) {
                // Who saw it end may come here before that was told.
                lost(session, session.ended.join());
            }
            if (state == ContextState.CONNECTED) {
                return CompletableFuture.completedFuture(this);
            }
            if (isConnecting()) {
                return connecting.copy();
            }
            if (!evenIfClosed && (state == ContextState.CLOSED || state == ContextState.CLOSING)) {
                throw lostException(CLOSED, Delivery.NOT_SENT, null);
            }
            if (broker.isClosed()) {
                throw new IllegalStateException(Broker.CLOSED);
            }
            if (isAdopted()) {
                throw lostException(NOT_OURS.formatted(via.name()), Delivery.NOT_SENT, null);
            }
            fresh = via == null || broker.connectors.isTunnelled(way)
                    ? new TransportSession(this, way, broker.tree.nextId(), via)
                    : new ViaSession(this, way, via);
            if (session != null && !session.up.isCompletedExceptionally()) {
                formerIds.add(session.id());
            }
            future = connecting(fresh);
        }
        follow(fresh, future);
        if (via == null) {
            broker.start(fresh);
        } else {
            startVia(fresh, evenIfClosed);
        }
        return future;
    }

    private boolean isAdopted() {
        return way instanceof StartedThere;
    }

    /** Code in its parent starts it, and was leased that id for it. */
    AdoptedSession adopt(Session parent, int id) {
        AdoptedSession fresh = new AdoptedSession(this, way, via, parent);
        CompletableFuture<RemoteContext> future;
        synchronized (this) {
            future = connecting(fresh);
        }
        fresh.follow(id);
        follow(fresh, future);
        return fresh;
    }

    /** Called with the lock held. */
    private CompletableFuture<RemoteContext> connecting(Session fresh) {
        session = fresh;
        connecting = new CompletableFuture<>();
        reconnection.begun();
        if (reconnection.isAgain()) {
            become(ContextState.RECONNECTING, "connecting again");
        } else {
            become(ContextState.CONNECTING, "connecting");
        }
        return connecting;
    }

    private void follow(Session fresh, CompletableFuture<RemoteContext> future) {
        fresh.up.whenComplete((said, failure) -> settled(fresh, future, said, failure));
        future.whenComplete((context, failure) -> {
            if (future.isCancelled() && !fresh.fail(cancelled(fresh.lastLines()))) {
                // It came up a moment before.
                fresh.end("connecting was cancelled");
            }
        });
        fresh.ended.thenAccept(reason -> lost(fresh, reason));
    }

    private boolean isConnecting() {
        return state == ContextState.CONNECTING || state == ContextState.RECONNECTING;
    }

    /** Whether it is connected again without being asked, once it was lost. */
    synchronized boolean connectsAgain() {
        return reconnection.isWanted();
    }

    /** Begins, where it is still lost. */
    void connectAgain() {
        try {
            begin(false);
        } catch (ContextLostException | IllegalStateException e) {
            // It was closed meanwhile, or the broker was.
        }
    }

    /** Waits its turn only once its parent is up, as the parent may wait for a turn, too. */
    private void startVia(Session fresh, boolean evenIfClosed) {
        CompletableFuture<RemoteContext> parent;
        try {
            parent = via.begin(evenIfClosed);
        } catch (RuntimeException e) {
            parent = CompletableFuture.failedFuture(e);
        }
        if (!parent.isDone()) {
            progressed(fresh, ConnectPhase.WAITING_FOR_PARENT);
        }
        parent.whenComplete((up, failure) -> {
            if (failure != null) {
                fresh.fail(new ConnectFailedException.Died(
                        address(), NO_PARENT.formatted(via.name(), reason(failure)), List.of(), failure));
                fresh.ended.complete(reason(failure));
            } else {
                broker.start(fresh);
            }
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause.getMessage();
    }

    synchronized void progressed(Session of, ConnectPhase phase) {
        if (session == of && isConnecting() && !examined) {
            deliveries.execute(() -> broker.events.progressed(this, phase));
        }
    }

    /** Called with the lock held, so that the order of events is that of states. */
    private void become(ContextState now, String reason) {
        ContextState before = state;
        state = now;
        if (now == ContextState.CONNECTED) {
            reconnection.up();
        } else if (now == ContextState.LOST) {
            reconnection.lost();
        }
        if (!examined) {
            deliveries.execute(() -> broker.events.stateChanged(this, before, now, reason));
        }
    }

    private void settled(Session of, CompletableFuture<RemoteContext> future, ContextInfo said, Throwable failure) {
        Throwable why = failure;
        synchronized (this) {
            if (session != of || !isConnecting()) {
                why = failure == null ? lostException("closed while connecting", Delivery.NOT_SENT, null) : failure;
            } else if (failure == null) {
                info = said;
                become(ContextState.CONNECTED, said.toString());
            } else {
                become(ContextState.LOST, failure.getMessage());
            }
        }
        Throwable outcome = why;
        // This is a thread of the transport, and who waits may do anything next.
        broker.execute(() -> {
            if (outcome == null) {
                future.complete(this);
                broker.children(this).forEach(child -> child.reconnection.parentIsUp());
            } else {
                future.completeExceptionally(outcome);
            }
        });
    }

    private synchronized void lost(Session of, String reason) {
        if (session == of && state != ContextState.LOST && state != ContextState.CLOSED) {
            become(state == ContextState.CLOSING ? ContextState.CLOSED : ContextState.LOST, reason);
        }
    }

    @Override
    public Life usable(long deadline, String what) throws InterruptedException {
        while (true) {
            begin(false);
            Session usable = session();
            try {
                if (!usable.writable.isDone() || usable.writable.isCompletedExceptionally()) {
                    usable.writable.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                if (broker.router.route(usable.id()) != null) {
                    return usable;
                }
                // its link is gone, and in a moment its end is known
                usable.ended.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new CallTimeoutException(
                        what + " in " + name() + ": not connected before the deadline", Delivery.NOT_SENT);
            } catch (ExecutionException e) {
                throw failedHere((RuntimeException) e.getCause());
            }
        }
    }

    /** Connects it where that is needed. */
    @Override
    public CompletableFuture<?> ready() {
        try {
            begin(false);
        } catch (ContextLostException | IllegalStateException e) {
            return CompletableFuture.completedFuture(null);
        }
        return session().writable;
    }

    @Override
    public Duration callTimeout() {
        return way.options().callTimeout();
    }

    @Override
    public Duration grace() {
        return way.options().grace();
    }

    @Override
    public void begun(int call, Target target) {
        running.put(call, target);
    }

    /** Its name stays known for as long as it may be reported as stuck. */
    @Override
    public void cancelled(int call) {
        broker.after(grace().plus(NAME_KEPT), () -> over(call), new CompletableFuture<>());
    }

    @Override
    public void stopped(Target target, boolean interrupted) {
        deliveries.execute(() -> broker.events.stopped(this, target.describe(), interrupted));
    }

    @Override
    public void over(int call) {
        Target target = running.remove(call);
        Session now = session();
        if (target != null && now != null) {
            now.called(target);
        }
    }

    @Override
    public void called(Target target, long nanos, @Nullable Throwable failure) {
        tally.called(failure != null);
        broker.events.called(this, target, nanos, failure);
    }

    @Override
    public Executor completer() {
        return completer;
    }

    ContextLostException lostException(String reason, Delivery delivery, Throwable cause) {
        return new ContextLostException(name(), reason, delivery, cause);
    }

    void stuck(Session of, String what, String stack) {
        tally.stuck();
        broker.events.stuck(this, what, stack);
        if (way.options().isEndedWhenStuck()) {
            of.end(what + " was told to stop and goes on");
        }
    }

    @Override
    public void refused(String why) {
        refused(why, 1);
    }

    /** @param why what the context did, after its name */
    void refused(String why, int times) {
        refusals.add(times, why);
    }

    @Override
    protected Caller caller() {
        return caller;
    }

    @Override
    public void close() {
        Session closing;
        ContextState before;
        synchronized (this) {
            before = state;
            if (before == ContextState.CLOSED || before == ContextState.CLOSING) {
                return;
            }
            closing = session;
            reconnection.stop();
            become(before == ContextState.CONNECTED ? ContextState.CLOSING : ContextState.CLOSED, "closed");
        }
        broker.closeAll(broker.children(this));
        if (before == ContextState.CONNECTED) {
            long grace = way.options().grace().toMillis();
            byte[] body = new byte[4];
            Message.putInt(body, 0, Origin.millis(way.options().grace()));
            broker.router.send(broker.router.message(Message.NORMAL, closing.id(), Handles.SHUTDOWN, 0, body));
            try {
                closing.ended.get(grace + LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // It is ended below, whether it answers or not.
            }
        }
        if (closing != null) {
            closing.fail(new ConnectFailedException.Cancelled(address(), "closed while connecting", List.of(), null));
            closing.end("closed");
            lost(closing, "closed");
        }
        try {
            deliveries.await(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ContextCounters counters() {
        return tally.with(session(), refusals.sum());
    }

    @Override
    public String toString() {
        return name() + " (" + address() + ", " + state() + ")";
    }
}
