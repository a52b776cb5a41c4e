package io.econtext.broker;

import io.econtext.Call;
import io.econtext.ConnectFailedException;
import io.econtext.Launch;
import io.econtext.Way;
import io.econtext.call.Origin;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.parent.BootFailure;
import io.econtext.parent.Children;
import io.econtext.parent.FirstStage;
import io.econtext.parent.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The life of a context that another one starts: a call of {@link Children#start} there, which knows of its boot; its hello
 * comes here by itself, and the word of its end by {@link Tree}.
 */
class ViaSession extends Session {
    static final String NO_LAUNCH = "no program of another host starts it: %s can be used from the controller only";
    static final String PARENT_FAILED = "'%s' could not start it: %s";

    /** For the answer of a parent that gave up in time. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    private final ControlledContext via;
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private volatile Session parent;
    private volatile int id = -1;
    private volatile List<String> lastLines = List.of();

    ViaSession(ControlledContext context, Way way, ControlledContext via) {
        this(context, way, via, new AtomicInteger());
    }

    ViaSession(ControlledContext context, Way way, ControlledContext via, AtomicInteger queuedLogs) {
        super(context, way, queuedLogs);
        this.via = via;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    List<Integer> ancestors() {
        List<Integer> ancestors = new ArrayList<>();
        ancestors.add(parent.id());
        ancestors.addAll(parent.ancestors());
        return ancestors;
    }

    @Override
    @Nullable
    Link link() {
        return parent == null ? null : parent.link();
    }

    @Override
    Session keeper() {
        return parent.keeper();
    }

    @Override
    void start() {
        if (up.isDone()) {
            ended.complete("given up");
            return;
        }
        Launch launch;
        try {
            launch = way.launch();
        } catch (ConnectFailedException e) {
            giveUp(e);
            return;
        } catch (RuntimeException e) {
            giveUp(new ConnectFailedException.Died(way.address(), BootFailures.CONNECTOR.formatted(e), List.of(), e));
            return;
        }
        if (launch == null) {
            giveUp(new ConnectFailedException.Misconfigured(
                    way.address(), NO_LAUNCH.formatted(way.getClass().getSimpleName()), List.of(), null));
            return;
        }
        Session starter = via.session();
        isBehind(starter, starter.leasedIds.next(starter));
        // a password may have to be asked for
        broker.execute(() -> {
            try {
                launch(launch);
            } catch (RuntimeException e) {
                started(null, e);
            }
        });
    }

    void isBehind(Session starter, int leased) {
        parent = starter;
        id = leased;
        broker.tree.add(this);
        if (starter.ended.isDone()) {
            // then nobody else tells
            lost(Tree.behind(starter.context.name(), starter.ended.join()));
        }
    }

    @Override
    ControlledContext startedBy() {
        return via;
    }

    @Override
    boolean isBehind(Session other) {
        return parent == other;
    }

    private void giveUp(ConnectFailedException why) {
        fail(why);
        ended.complete("not started");
    }

    private void launch(Launch launch) {
        Duration limit = way.options().connectTimeout();
        Launch complete = launch.withPassword();
        if (up.isDone()) {
            return; // given up while the password was asked for
        }
        FirstStage stage = stage(launch);
        Start start = new Start(
                id,
                context.name(),
                complete,
                stage.command(),
                stage.script(),
                stage.answer(),
                configuration(),
                Origin.millis(limit),
                Origin.millis(way.options().heartbeat()),
                Broker.MAX_MESSAGE,
                broker.tree.isUnidirectional());
        CompletableFuture<BootFailure> starting =
                via.caller().invokeAsync(Call.of(Children::start, start).withTimeout(limit.plus(MARGIN)), parent);
        broker.after(limit.plus(MARGIN), () -> fail(timedOut()), up);
        starting.whenComplete(this::started);
        up.whenComplete((info, failure) -> {
            if (failure == null) {
                writable.complete(null);
            } else {
                starting.cancel(true);
            }
        });
    }

    ConnectFailedException timedOut() {
        return new ConnectFailedException.TimedOut(
                way.address(),
                "no context came up within " + Broker.text(way.options().connectTimeout()),
                List.of(),
                null);
    }

    private void started(BootFailure why, Throwable failure) {
        parent.isParent();
        if (why != null) {
            lastLines = BootFailures.clean(why.lines());
            fail(BootFailures.exception(way, why));
            ended.complete("not started");
        } else if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            fail(new ConnectFailedException.Died(
                    way.address(), PARENT_FAILED.formatted(via.name(), cause.getMessage()), List.of(), cause));
            ended.complete("not started");
        }
    }

    @Override
    ConnectFailedException death(String reason) {
        return new ConnectFailedException.Died(
                way.address(), PARENT_FAILED.formatted(via.name(), reason), lastLines, null);
    }

    /** Its parent is told to end it; it counts as gone at once. */
    @Override
    void end(String reason) {
        if (id >= 0 && !ended.isDone()) {
            if (!parent.ended.isDone()) {
                broker.execute(this::endThere);
            }
            lost(reason);
        }
    }

    private void endThere() {
        // whatever comes of it: it ends with its parent
        via.caller().invokeAsync(Call.running(Children::end, id), parent);
    }

    /** Its parent does so. */
    @Override
    void endInput() {}

    /** Its parent listens to its heart. */
    @Override
    void beat(long now) {}

    @Override
    List<String> lastLines() {
        return lastLines;
    }

    /** Its parent's link carries everything; what is counted here are calls, logs and classes. */
    @Override
    public void passed(Message m, boolean out) {
        (out ? bytesOut : bytesIn).add(Message.HEADER + m.body.length);
    }

    @Override
    long bytesIn() {
        return bytesIn.sum();
    }

    @Override
    long bytesOut() {
        return bytesOut.sum();
    }
}
