package io.econtext.broker;

import io.econtext.Call;
import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.ContextOptions;
import io.econtext.Delivery;
import io.econtext.Launch;
import io.econtext.Way;
import io.econtext.call.EncodedCall;
import io.econtext.call.Life;
import io.econtext.call.Origin;
import io.econtext.call.Target;
import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.levels.JulLevels;
import io.econtext.parent.Children;
import io.econtext.parent.FirstStage;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One life of a context: from the start of its process, over the boot, to its end.
 *
 * <p>{@link #up} completes when the context has said hello, {@link #writable} when it can be sent something, which may be
 * sooner, {@link #ended} when it is gone. What a subclass is told comes on threads that must not be blocked.
 */
abstract class Session implements Life {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_TEXT = 65536;
    private static final long CONGESTION_MILLIS = 10;
    /** How many class requests are answered at a time: an answer may take long to be sent, and memory meanwhile. */
    private static final int CLASS_REQUESTS = 8;

    static final String NOT_RUNNING = "says that a call is stuck which isn't running";
    static final String TWICE = "said hello twice";

    final ControlledContext context;
    final Broker broker;
    final Way way;
    final LogStream logs;
    private final ToldLevels levels = new ToldLevels();
    final CompletableFuture<Void> writable = new CompletableFuture<>();
    final CompletableFuture<ContextInfo> up = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    /** Answers what it asks for. */
    final LimitedExecutor classRequests;

    final ClassTraffic classes = new ClassTraffic();
    final Replacements replacements = new Replacements(this);

    final LeasedIds leasedIds = new LeasedIds();
    final OwnIds ownIds = new OwnIds();
    private final AtomicBoolean parent = new AtomicBoolean();
    /** Whether it is being asked what it loaded. */
    private final AtomicBoolean asking = new AtomicBoolean();

    private final Set<Integer> prepared = ConcurrentHashMap.newKeySet();
    private volatile String goodbye;

    Session(ControlledContext context, Way way) {
        this(context, way, new AtomicInteger());
    }

    /** @param queuedLogs what it shares with the context that decided to start it */
    Session(ControlledContext context, Way way, AtomicInteger queuedLogs) {
        this.context = context;
        this.broker = context.broker;
        this.way = way;
        logs = new LogStream(context, broker.sink, broker.events::logged, context.deliveries, queuedLogs);
        classRequests = new LimitedExecutor(broker::execute, CLASS_REQUESTS);
    }

    /** The number by which messages find it; -1 until it is known. */
    @Override
    public abstract int id();

    /** Begins, unless it was given up before; then it ends. */
    abstract void start();

    /** Its ancestors' ids, the parent's first. */
    abstract List<Integer> ancestors();

    /** The link of this program by which it is reached; {@code null} if there is none. */
    abstract @Nullable Link link();

    /** The child of this program on the way to it, or itself: it keeps classes for what is behind it. */
    abstract Session keeper();

    /** The context one of whose workers waits while it starts; {@code null} if none does. */
    @Nullable
    ControlledContext startedBy() {
        return null;
    }

    /** Whether the other one starts it. */
    boolean isBehind(Session other) {
        return false;
    }

    /** Ends it without its consent; does nothing where nothing was started. */
    abstract void end(String reason);

    /** It said goodbye, and ends as soon as nothing is sent to it any more. */
    abstract void endInput();

    /** Called now and then. */
    abstract void beat(long now);

    /** What was printed last while it booted. */
    abstract List<String> lastLines();

    /** A message that was sent to it, or came from it. */
    @Override
    public void passed(Message m, boolean out) {}

    abstract long bytesIn();

    abstract long bytesOut();

    /** It has started a child, and with the first a cache of classes, where what it was sent before is not. */
    void isParent() {
        if (!parent.getAndSet(true)) {
            classes.hasCache();
        }
    }

    FirstStage stage(@Nullable Launch launch) {
        int nonce = 10_000_000 + RANDOM.nextInt(90_000_000);
        boolean asksPassword = launch != null && launch.asksPassword();
        if (context.isExamined()) {
            return FirstStage.examining(way.options(), nonce, asksPassword);
        }
        return new FirstStage(way.options(), nonce, broker.classes.bootJar(), asksPassword, hasOurPipes(launch));
    }

    /** What calls back closes its descriptors, which takes the same as where these are none of ours. */
    boolean hasOurPipes(@Nullable Launch launch) {
        return launch != null && launch.hasOurPipes() && !(way instanceof ConnectBack);
    }

    /** What a context reads behind the core. */
    byte[] configuration() {
        ContextOptions options = way.options();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeShort(Message.VERSION);
            out.writeInt(0);
            out.writeInt(id());
            out.writeUTF(context.name());
            out.writeByte(ancestors().size());
            for (int ancestor : ancestors()) {
                out.writeInt(ancestor);
            }
            out.writeInt(Origin.millis(options.grace()));
            out.writeInt(Origin.millis(options.heartbeat()));
            out.writeInt(options.workers());
            out.writeUTF(levels.all(broker.sink.levels(context.name())));
            out.writeInt(Broker.MAX_MESSAGE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Fails the boot, or says that it is over. */
    boolean fail(ConnectFailedException why) {
        boolean failed = up.completeExceptionally(why);
        if (failed) {
            writable.completeExceptionally(why);
            end(why.getMessage());
        }
        return failed || up.isCompletedExceptionally();
    }

    /** It is gone, whoever ended it. */
    void lost(String reason) {
        fail(death(reason));
        logs.over();
        context.refusals.log();
        ended.complete(goodbye == null || reason.startsWith(goodbye) ? reason : goodbye);
    }

    /** Why it failed to boot if it ends now. */
    abstract ConnectFailedException death(String reason);

    /** What it said last; {@code null} if it said nothing. */
    @Nullable
    String goodbye() {
        return goodbye;
    }

    @Override
    public boolean isOver() {
        return ended.isDone() || up.isCompletedExceptionally();
    }

    @Override
    public RuntimeException over(String reason, Delivery delivery) {
        if (up.isCompletedExceptionally()) {
            try {
                up.join();
            } catch (RuntimeException e) {
                return e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        return context.lostException(ended.getNow(reason), delivery, null);
    }

    @Override
    public List<Message> ahead(EncodedCall call) {
        Session keeper = keeper();
        ClassServer.Need need = need(call.target, call.loader, call.needed);
        ClassServer.Ahead ahead = broker.classes.ahead(need, keeper.classes.sent);
        keeper.classes.pushed(ahead.keys());
        keeper.context.tally.pushed(ahead.keys().size());
        if (prepared.add(call.loader)) {
            broker.execute(() -> broker.classes.prepare(call.loader));
        }
        return ahead.bodies().stream()
                .map(entries -> broker.router.message(Message.NORMAL, keeper.id(), Handles.PUSH, 0, entries))
                .toList();
    }

    private ClassServer.Need need(Target target, int loader, Collection<String> needed) {
        boolean known = keeper() == this && !parent.get() && up.isDone() && !up.isCompletedExceptionally();
        return new ClassServer.Need(
                loader,
                target.className + "#" + target.method,
                needed,
                known ? up.join().javaFeature() : 0);
    }

    /** A call is over: it is asked what it loaded for that, where that may be news. */
    void called(Target target) {
        ClassTraffic sent = keeper().classes;
        if (ended.isDone() || sent.sent.keys().isEmpty() || !asking.compareAndSet(false, true)) {
            return;
        }
        ClassServer.Need need = need(target, broker.classes.loaderId(target.loader), List.of(target.className));
        if (classes.isFirst(need.method()) | sent.isChanged()) {
            int handle = broker.router.register(new Loaded(id(), need));
            broker.router.send(broker.router.message(Message.CONTROL, id(), Handles.LOADED, handle, new byte[0]));
        } else {
            asking.set(false);
        }
    }

    private void loaded(ClassServer.Need need, byte[] lines) {
        List<String> keys = classes.loaded(lines, keeper().classes);
        keeper().context.tally.hit(keeper().classes.used(keys));
        broker.classes.learn(need, keys, classes.loaded());
    }

    @Override
    public void flush(long millis) {
        Link to = link();
        if (to != null) {
            to.flush(millis);
        }
    }

    @Override
    public void send(Message m) {
        while (!ended.isDone() && !broker.router.trySend(m)) {
            flush(CONGESTION_MILLIS);
        }
    }

    @Override
    public void awaitLogged(int line, long deadline) throws InterruptedException {
        if (!logs.isDelivered(line)) {
            logs.awaitDelivered(line, deadline);
        }
    }

    /** It did what costs it its link. */
    void broke(String how) {
        context.refused(how, 1);
        end(context.name() + " " + how);
    }

    /** A message to a well-known handle of ours, on the link's reader. */
    void received(Message m) {
        try {
            handle(m);
        } catch (LinkException e) {
            broke(e.getMessage());
        } catch (IOException | RuntimeException e) {
            broke("sent a malformed message to handle " + m.handle + ": " + e);
        }
    }

    private void handle(Message m) throws IOException {
        passed(m, false);
        switch (m.handle) {
            case Handles.HELLO -> hello(m.body);
            case Handles.LOG -> logs.received(m.body);
            case Handles.CLASS -> broker.classAnswers.asked(this, m);
            case Handles.GOODBYE -> {
                goodbye = Printable.line(Text.string(Arrays.copyOf(m.body, Math.min(m.body.length, MAX_TEXT))));
                if (goodbye.equals(Children.CLOSED)) {
                    endInput();
                }
            }
            case Handles.STUCK -> stuck(m.body);
            case Handles.LEASE -> broker.adoption.asked(this, m);
            case Handles.REFUSED -> broker.tree.reported(m);
            default -> {}
        }
    }

    private void stuck(byte[] body) {
        // Told once, or it could be told without end.
        Target stuck = context.running.remove(Message.getInt(body, 0));
        if (stuck == null) {
            context.refused(NOT_RUNNING, 1);
            return;
        }
        String stack = Printable.lines(Text.string(Arrays.copyOfRange(body, 4, Math.min(body.length, MAX_TEXT))));
        context.deliveries.execute(() -> context.stuck(this, stuck.describe(), stack));
    }

    private void hello(byte[] body) throws IOException {
        if (up.isDone()) {
            context.refused(TWICE, 1);
            return;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        int version = in.readUnsignedShort();
        if (version != Message.VERSION) {
            fail(BootFailures.incompatible(way, version, lastLines()));
            return;
        }
        in.readInt();
        int feature = in.readInt();
        String java = Printable.line(in.readUTF());
        String os = Printable.line(in.readUTF());
        String arch = Printable.line(in.readUTF());
        String user = Printable.line(in.readUTF());
        String pid = in.readUTF();
        said(new ContextInfo(
                feature,
                java,
                os,
                arch,
                user,
                pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : -1,
                in.readBoolean()));
    }

    /** Tells it what is to be logged, if that has changed; doesn't wait. */
    void followLevels() {
        if (!writable.isDone() || isOver()) {
            return;
        }
        String changed = levels.changed(broker.sink.levels(context.name()));
        if (changed != null) {
            broker.router.send(broker.router.message(Message.CONTROL, id(), Handles.LOG_LEVEL, 0, Text.bytes(changed)));
            broker.execute(() -> context.caller().invokeAsync(Call.running(JulLevels::follow), this));
        }
    }

    /** It said hello. */
    void said(ContextInfo info) {
        up.complete(info);
    }

    /** What it loaded, in its answer. */
    private final class Loaded extends Handler {
        private final ClassServer.Need need;

        Loaded(int peer, ClassServer.Need need) {
            super(peer);
            this.need = need;
        }

        @Override
        public void handle(Message m) {
            broker.router.unregister(m.handle);
            asking.set(false);
            if (!m.isBounced()) {
                broker.execute(() -> loaded(need, m.body));
            }
        }

        @Override
        public void lost(String reason) {
            asking.set(false);
        }
    }
}
