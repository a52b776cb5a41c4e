package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.ContextState;
import io.econtext.Controller;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.call.CallThreads;
import io.econtext.call.Contexts;
import io.econtext.call.LambdaBodies;
import io.econtext.call.Origin;
import io.econtext.call.RemoteObject;
import io.econtext.call.Target;
import io.econtext.call.ValueCodec;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.ValueException;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
    private static final int MAX_CLASS_REQUESTS = 256;
    /** A name of the greatest length, and the rest. */
    private static final int MAX_CLASS_REQUEST = 65_535 + 64;

    private static final int RESOURCE = 1;
    private static final int FOR_CACHE = 2;

    static final String NOT_ITS_PARENT = "asks another than its parent for a class";

    final Tree tree;
    final Router router;
    final ClassServer classes;
    final LogSink sink;
    final Origin origin;

    private final CallThreads threads = new CallThreads();
    private final List<Connector<?>> connectors;
    private final CopyOnWriteArrayList<BrokerListener> listeners;
    private final Map<String, ControlledContext> contexts = new LinkedHashMap<>();
    private final Starting starting;
    final Adoption adoption;
    private CallBackServer callBacks;
    private volatile boolean closed;

    private Broker(Builder builder) {
        classes = service(ClassServer.class);
        classes.allow(builder.resources);
        sink = builder.sink == null ? service(LogSink.class) : builder.sink;
        connectors = new ArrayList<>(builder.connectors);
        ServiceLoader.load(Connector.class, Broker.class.getClassLoader()).forEach(connectors::add);
        listeners = new CopyOnWriteArrayList<>(builder.listeners);
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
        List<Constructor<?>> fitting = Arrays.stream(implementation.getDeclaredConstructors())
                .filter(constructor -> takes(constructor, arguments))
                .toList();
        if (fitting.size() != 1) {
            throw new NotPortableException(implementation.getName() + ": " + fitting.size()
                    + " constructors take these " + arguments.length + " arguments; exactly one must");
        }
        ControlledContext controlled = controlled(context.name());
        return controlled.caller().keep(fitting.get(0), arguments);
    }

    private static boolean takes(Constructor<?> constructor, Object[] arguments) {
        Class<?>[] types = constructor.getParameterTypes();
        boolean fits = types.length == arguments.length;
        for (int i = 0; fits && i < types.length; i++) {
            Class<?> boxed = MethodType.methodType(types[i]).wrap().returnType();
            fits = arguments[i] == null ? !types[i].isPrimitive() : boxed.isInstance(arguments[i]);
        }
        return fits;
    }

    public void addListener(BrokerListener listener) {
        listeners.add(listener);
    }

    public void removeListener(BrokerListener listener) {
        listeners.remove(listener);
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
        for (Connector<?> connector : connectors) {
            try {
                connector.close();
            } catch (Exception e) {
                LOG.warn("closing {}", connector, e);
            }
        }
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

    /** The connector for the way, or else the one for all that are programs; {@code null} if neither knows it. */
    Connector<?> connector(Way way) {
        Connector<?> any = null;
        for (Connector<?> connector : connectors) {
            if (connector.way() == Way.class) {
                any = any == null ? connector : any;
            } else if (connector.way().isInstance(way)) {
                return connector;
            }
        }
        return way.launch() == null ? null : any;
    }

    /** Whether this program starts it where it leads through another context, by connections of that one. */
    boolean isTunnelled(Way way) {
        Way start = TransportSession.started(way);
        for (Connector<?> connector : connectors) {
            if (connector.way() != Way.class && connector.way().isInstance(start)) {
                return isTunnelled(connector, start);
            }
        }
        return false;
    }

    private static <W extends Way> boolean isTunnelled(Connector<W> connector, Way way) {
        return connector.isTunnelled(connector.way().cast(way));
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

    private void beat() {
        long now = System.nanoTime();
        for (Session session : tree.sessions()) {
            try {
                session.beat(now);
                session.followLevels();
                session.context.refusals.log(now);
            } catch (RuntimeException e) {
                LOG.warn("probing {}", session.context.name(), e);
            }
        }
    }

    void serveClass(Session session, Message m) {
        if (session.keeper() != session) {
            session.context.refused(NOT_ITS_PARENT, 1);
            return;
        }
        if (session.classRequests.size() >= MAX_CLASS_REQUESTS) {
            throw new LinkException("asks for more than " + MAX_CLASS_REQUESTS + " classes at a time");
        }
        if (m.body.length > MAX_CLASS_REQUEST) {
            throw new LinkException("asks for a class with " + m.body.length + " bytes");
        }
        session.classRequests.execute(() -> {
            try {
                ClassServer.Answer answer = find(session, new DataInputStream(new ByteArrayInputStream(m.body)));
                session.context.classRequests.increment();
                int keys = answer.keys().size();
                session.context.classesForwarded.add(keys);
                session.context.classesPushed.add(Math.max(0, keys - 1));
                session.classes.answered(answer.keys());
                session.send(router.message(Message.NORMAL, m.source, m.replyTo, 0, answer.body()));
            } catch (IOException e) {
                session.broke("sent a malformed request for a class");
            }
        });
    }

    private ClassServer.Answer find(Session session, DataInputStream in) throws IOException {
        int loader = in.readInt();
        int feature = in.readUnsignedShort();
        int kind = in.readUnsignedByte();
        boolean resource = (kind & RESOURCE) != 0;
        String name = in.readUTF();
        ClassServer.Request request = new ClassServer.Request(loader, name, resource, (kind & FOR_CACHE) != 0, feature);
        try {
            ClassServer.Answer answer = classes.find(request, session.classes.sent);
            session.logs.debug(
                    "io.econtext.classes",
                    () -> "asked for " + name + ": " + answer.keys().size() + " sent " + answer.why());
            return answer;
        } catch (RuntimeException e) {
            LOG.warn("looking for {}", Printable.line(name), e);
            return ClassServer.Answer.refused(name + " could not be read: " + e);
        }
    }

    void logged(LogLine line) {
        tell(listener -> listener.logged(line));
    }

    void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        boolean isLost = from == ContextState.CONNECTED && to == ContextState.LOST;
        LOG.atLevel(isLost ? Level.WARN : Level.DEBUG).log("{}: {} -> {}: {}", context.name(), from, to, reason);
        tell(listener -> listener.stateChanged(context, from, to, reason));
    }

    void progressed(RemoteContext context, ConnectPhase phase) {
        LOG.debug("{}: {}", context.name(), phase);
        tell(listener -> listener.progressed(context, phase));
    }

    void called(ControlledContext context, Target target, long nanos, Throwable failure) {
        Session session = context.session();
        if (session != null) {
            session.logs.debug("io.econtext.calls", () -> {
                String outcome = failure == null ? "done" : failure.getClass().getName();
                return target.describe() + " " + outcome + " in " + nanos / 1000 + " µs";
            });
        }
        if (!listeners.isEmpty()) {
            tell(listener -> listener.called(context, target.describe(), Duration.ofNanos(nanos), failure));
        }
    }

    void refused(ControlledContext context, String why) {
        tell(listener -> listener.refused(context, why));
    }

    void stuck(ControlledContext context, String what, String stack) {
        LOG.warn("{}: {} was told to stop and goes on:\n{}", context.name(), what, stack);
        tell(listener -> listener.stuck(context, what, stack));
    }

    private void tell(Consumer<BrokerListener> event) {
        for (BrokerListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed", e);
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
