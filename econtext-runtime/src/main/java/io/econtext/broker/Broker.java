package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.Controller;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.call.CallThreads;
import io.econtext.call.Contexts;
import io.econtext.call.LambdaBodies;
import io.econtext.call.Origin;
import io.econtext.call.RemoteObject;
import io.econtext.call.ValueCodec;
import io.econtext.core.Router;
import io.econtext.core.ValueException;
import io.econtext.parent.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller: knows the contexts, starts them, and is context 0 of their tree.
 *
 * <p>Safe for use by any thread. Closing it ends every context that it started.
 */
public final class Broker implements Controller {
    static final int MAX_MESSAGE = 64 << 20;
    static final String CLOSED = "the broker is closed";
    static final String NO_CONTEXT = "there is no context %d called '%s' here";

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final Duration BEAT = Duration.ofMillis(100);

    final Tree tree;
    final Router router;
    final ClassServer classes;
    final LogSink sink;
    final Origin origin;

    private final CallThreads threads = new CallThreads();
    final ClassAnswers classAnswers;
    final Connectors connectors;
    final Events events;
    private final Map<String, ControlledContext> contexts = new LinkedHashMap<>();
    private final Starting starting;
    final Adoption adoption;
    private CallBackServer callBacks;
    private volatile boolean closed;

    private Broker(Builder builder) {
        classes = service(ClassServer.class);
        classes.allow(builder.resources);
        classAnswers = new ClassAnswers(classes);
        sink = builder.sink == null ? service(LogSink.class) : builder.sink;
        connectors = new Connectors(builder.connectors);
        events = new Events(builder.listeners);
        tree = new Tree(this, builder.unidirectional);
        router = tree.router;
        adoption = new Adoption(this, builder.maxOwnChildren);
        starting = new Starting(this::execute, builder.maxConnecting);
        origin = new Origin(
                router,
                service(ValueCodec.class).knowing(new OwnContexts()),
                classes::loaderId,
                service(LambdaBodies.class),
                threads,
                MAX_MESSAGE);
        threads.every(BEAT, this::beat);
    }

    private static <T> T service(Class<T> type) {
        return ServiceLoader.load(type, Broker.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getName() + " on the class path"));
    }

    public static Broker create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public RemoteContext connect(Way way) throws ConnectFailedException {
        return connect(define(way));
    }

    RemoteContext connect(RemoteContext context) {
        try {
            return context.connect();
        } catch (RuntimeException e) {
            forget(context);
            context.close();
            throw e;
        }
    }

    /** Knows a context that code in {@code parent} starts, until it is gone. */
    Session adopt(Session parent, StartedThere way) {
        String name = parent.context.name() + "/" + way.name();
        ControlledContext context = (ControlledContext) define(name, way, parent.context);
        AdoptedSession session;
        try {
            session = context.adopt(parent, parent.ownIds.next(parent));
        } catch (IllegalStateException e) {
            forget(context);
            throw e;
        }
        session.ended.thenRun(() -> execute(() -> forget(context)));
        return session;
    }

    private void forget(RemoteContext context) {
        synchronized (contexts) {
            contexts.remove(context.name(), context);
        }
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync(Way way) {
        return connectAsync(define(way));
    }

    CompletableFuture<RemoteContext> connectAsync(RemoteContext started) {
        CompletableFuture<RemoteContext> future = started.connectAsync();
        future.whenComplete((context, failure) -> {
            if (failure != null) {
                forget(started);
            }
        });
        return future;
    }

    @Override
    public RemoteContext define(Way way) {
        return define(way.name(), way, null);
    }

    /**
     * Makes a context known, to be connected when it is first used.
     *
     * @param via the context of this broker that starts it, or that it is reached through; {@code null} for the controller
     *     itself
     * @throws IllegalArgumentException if there is a context of that name
     */
    public RemoteContext define(String name, Way way, @Nullable RemoteContext via) {
        ControlledContext parent = via == null ? null : controlled(via.name());
        synchronized (contexts) {
            if (closed) {
                throw new IllegalStateException(CLOSED);
            }
            ControlledContext context = new ControlledContext(this, way, name, parent);
            if (contexts.putIfAbsent(name, context) != null) {
                throw new IllegalArgumentException("there is a context '" + name
                        + "' already; give the way another name: named(…), or name=… in a specification");
            }
            return context;
        }
    }

    /** @throws UnknownContextException if there is none; its message lists those that are */
    @Override
    public RemoteContext context(String name) {
        return controlled(name);
    }

    private ControlledContext controlled(String name) {
        synchronized (contexts) {
            ControlledContext context = contexts.get(name);
            if (context == null) {
                throw new UnknownContextException(name, contexts.keySet());
            }
            return context;
        }
    }

    @Override
    public List<RemoteContext> contexts() {
        synchronized (contexts) {
            return List.copyOf(contexts.values());
        }
    }

    /** Closes a context and those that it leads to, and forgets them. */
    public void remove(String name) {
        ControlledContext context;
        synchronized (contexts) {
            context = contexts.get(name);
        }
        if (context == null) {
            return;
        }
        context.close();
        List<ControlledContext> removed;
        synchronized (contexts) {
            removed = contexts.values().stream()
                    .filter(other -> other.isReachedThrough(context))
                    .toList();
            contexts.values().removeAll(removed);
        }
        // those that were connected again meanwhile
        closeAll(removed);
    }

    /** The contexts that {@code parent} starts. */
    List<ControlledContext> children(ControlledContext parent) {
        synchronized (contexts) {
            return contexts.values().stream()
                    .filter(context -> context.via() == parent)
                    .toList();
        }
    }

    /** Closes contexts, in parallel. */
    void closeAll(List<ControlledContext> closing) {
        CompletableFuture.allOf(closing.stream()
                        .map(context -> CompletableFuture.runAsync(context::close, this::execute))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * Looks at what starting a context would meet, also where there is no Java: nothing but a shell is started there. The
     * contexts that start it are connected for that, it isn't.
     *
     * @return what was found: locale, user, host, system, shell, perl, python3, proc, ram (RAM file systems that can be
     *     written to), java (its path), version (what that says), memory (available, in KiB), printed (before anything was
     *     asked); empty texts where there is no such thing. Nothing at all of a way in that needs no shell
     * @throws ConnectFailedException if not even that can be started
     */
    public Map<String, String> examine(RemoteContext context) throws ConnectFailedException {
        return controlled(context.name()).examine();
    }

    public ContextCounters counters(String name) {
        return controlled(name).counters();
    }

    /**
     * Makes an object in a context, on first use: an instance of {@code implementation}, by the constructor that takes
     * {@code arguments}, which are sent once per life of the context.
     */
    public RemoteObject remoteObject(RemoteContext context, Class<?> implementation, Object... arguments) {
        return controlled(context.name()).caller().keep(Constructors.fitting(implementation, arguments), arguments);
    }

    public void addListener(BrokerListener listener) {
        events.add(listener);
    }

    public void removeListener(BrokerListener listener) {
        events.remove(listener);
    }

    @Override
    public void close() {
        List<ControlledContext> closing;
        synchronized (contexts) {
            if (closed) {
                return;
            }
            closed = true;
            closing = children(null);
        }
        closeAll(closing);
        tree.sessions().forEach(session -> session.end(CLOSED));
        connectors.close();
        synchronized (connectors) {
            if (callBacks != null) {
                callBacks.close();
            }
        }
        threads.close();
    }

    /** How many connections were refused that contexts might have called back by: those had no token that counts. */
    public long refusedCallBacks() {
        synchronized (connectors) {
            return callBacks == null ? 0 : callBacks.refused();
        }
    }

    /** There is none before the first context is to call back. */
    CallBackServer callBacks() {
        synchronized (connectors) {
            if (closed) {
                throw new IllegalStateException(CLOSED);
            }
            if (callBacks == null) {
                callBacks = service(CallBackServer.class);
            }
            return callBacks;
        }
    }

    void start(Session session) {
        starting.start(session);
    }

    boolean isClosed() {
        return closed;
    }

    /** Runs {@code task} on a thread that may block; when the broker is closed, on this one. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Runs {@code task} later, unless {@code until} is done by then. */
    void after(Duration delay, Runnable task, CompletableFuture<?> until) {
        threads.after(delay, task, until);
    }

    /** Runs tasks of one context one after the other, on threads of the broker. */
    SerialExecutor deliveries() {
        return new SerialExecutor(threads.executor());
    }

    /** Completes asynchronous calls of one context, on at most half of the threads for that. */
    LimitedExecutor completer() {
        return new LimitedExecutor(threads::callback, threads.callbacks() / 2);
    }

    private void beat() {
        long now = System.nanoTime();
        Collection<Integer> gone = classes.gone();
        for (Session session : tree.sessions()) {
            try {
                session.beat(now);
                session.followLevels();
                session.replacements.release(gone, now);
                session.context.refusals.log(now);
            } catch (RuntimeException e) {
                LOG.warn("probing {}", session.context.name(), e);
            }
        }
    }

    /** A duration as people write it. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Values can refer to the contexts of this broker, whatever life of theirs they mean. */
    private final class OwnContexts extends Contexts {
        @Override
        protected boolean owns(RemoteContext context) {
            return context instanceof ControlledContext controlled && controlled.broker == Broker.this;
        }

        @Override
        protected RemoteContext find(int id, String name) {
            ControlledContext context;
            synchronized (contexts) {
                context = contexts.get(name);
            }
            if (context == null || !context.was(id)) {
                throw new ValueException(NO_CONTEXT.formatted(id, Printable.line(name)));
            }
            return context;
        }
    }

    /** Collects what a broker is made of. Not safe for use by several threads. */
    public static final class Builder {
        private final List<Connector<?>> connectors = new ArrayList<>();
        private final List<BrokerListener> listeners = new ArrayList<>();
        private LogSink sink;
        private int maxConnecting = 32;
        private int maxOwnChildren = 64;
        private boolean unidirectional;
        private final Set<String> resources = new HashSet<>();

        private Builder() {}

        /**
         * Names of resources that contexts may have whatever the rules say, such as {@code rules.yml}; by default none:
         * what belongs to the application itself, and configuration and keys of anyone, stay here.
         */
        public Builder resources(String... names) {
            resources.addAll(Arrays.asList(names));
            return this;
        }

        /** Adds a connector, which goes before the ones that are found as services. */
        public Builder connector(Connector<?> connector) {
            connectors.add(connector);
            return this;
        }

        public Builder listener(BrokerListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Where log lines go; by default to SLF4J loggers below {@code econtext.ctx}. */
        public Builder logSink(LogSink logSink) {
            sink = logSink;
            return this;
        }

        /** How many contexts may be connecting at a time, by default 32; others wait for their turn. */
        public Builder maxConnecting(int contexts) {
            if (contexts < 1) {
                throw new IllegalArgumentException("max connecting " + contexts + " is less than 1");
            }
            maxConnecting = contexts;
            return this;
        }

        /** Whether contexts may talk to their ancestors and descendants only; by default they may talk to all. */
        public Builder unidirectional(boolean only) {
            unidirectional = only;
            return this;
        }

        /**
         * How many contexts the code in each context may have started at a time, by default 64; 0 forbids it. Those that
         * this program starts from there don't count.
         */
        public Builder maxOwnChildren(int contexts) {
            if (contexts < 0) {
                throw new IllegalArgumentException("max own children " + contexts + " is negative");
            }
            maxOwnChildren = contexts;
            return this;
        }

        public Broker build() {
            return new Broker(this);
        }
    }
}
