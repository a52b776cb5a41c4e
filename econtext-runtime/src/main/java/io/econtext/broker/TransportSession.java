package io.econtext.broker;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.Launch;
import io.econtext.Way;
import io.econtext.core.LinkException;
import io.econtext.parent.BootDialog;
import io.econtext.parent.BootFailure;
import io.econtext.parent.FirstStage;
import io.econtext.parent.Printable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a context that this program starts itself: its transport, the talk while it boots, and its link.
 *
 * <p>Events come on the transport's threads, one after the other; none blocks.
 */
final class TransportSession extends Session implements TransportEvents {
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final int id;
    /** How it is started. */
    private final Way start;

    private final Connector<?> connector;
    private final FirstStage stage;
    private final BootDialog dialog;
    private final boolean ourPipes;
    private final @Nullable CallBack callBack;
    /** The context that it is reached through, where this program can't. */
    private final @Nullable ControlledContext via;

    private Transport transport;
    private volatile TransportLink link;
    private volatile boolean booted;
    private long bootBytes;
    private long deadline;

    TransportSession(ControlledContext context, Way way, int id, @Nullable ControlledContext via) {
        super(context, way);
        this.id = id;
        this.via = via;
        start = started(way);
        callBack = way instanceof ConnectBack back ? new CallBack(this, back) : null;
        connector = broker.connectors.of(start);
        Launch launch = connector == null ? null : launch(connector);
        stage = stage(launch);
        dialog = new BootDialog(launch, stage.answer());
        ourPipes = hasOurPipes(launch);
    }

    /** The way by which a command starts what {@code way} leads to. */
    static Way started(Way way) {
        return way instanceof ConnectBack back ? back.through() : way;
    }

    private <W extends Way> Launch launch(Connector<W> by) {
        return by.launch(by.way().cast(start));
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    List<Integer> ancestors() {
        return List.of(broker.router.id());
    }

    @Override
    TransportLink link() {
        return link;
    }

    @Override
    Session keeper() {
        return this;
    }

    @Override
    void start() {
        broker.tree.add(this);
        deadline = System.nanoTime() + way.options().connectTimeout().toNanos();
        if (connector == null) {
            String reason = BootFailures.UNSERVED.formatted(start.getClass().getName());
            fail(new ConnectFailedException.ToolMissing(way.address(), reason, List.of(), null));
        } else if (callBack != null && !connector.runsCommands()) {
            fail(new ConnectFailedException.Misconfigured(way.address(), CallBack.NO_PROCESS, List.of(), null));
        }
        try {
            // Held so that no event is handled before the transport and its link are known.
            synchronized (this) {
                if (!up.isDone()) {
                    transport = open(connector);
                    link = new TransportLink(broker.router, id, Broker.MAX_MESSAGE, transport, this::notWritten);
                    link.direct = ourPipes;
                    broker.router.add(link);
                }
            }
        } catch (ConnectFailedException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new ConnectFailedException.Died(way.address(), BootFailures.CONNECTOR.formatted(e), List.of(), e));
        }
        if (!up.isDone()) {
            broker.after(way.options().connectTimeout(), this::connectTimedOut, up);
        } else if (up.isCompletedExceptionally()) {
            abandon("given up");
        }
    }

    /** Threads that are started for it stay as long as it does, so they must not take on an application's class loader. */
    private <W extends Way> Transport open(Connector<W> by) {
        W leads = by.way().cast(start);
        String command = by.runsCommands() ? stage.command() : stage.answer();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Broker.class.getClassLoader());
        try {
            return via == null
                    ? by.start(leads, command, this)
                    : by.start(leads, command, new ContextOutlet(via.session()), this);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Ends whatever there is so far. */
    private void abandon(String reason) {
        TransportLink to = link;
        if (to == null) {
            ended.complete(reason);
        } else {
            to.end(reason);
        }
    }

    @Override
    void beat(long now) {
        TransportLink to = link;
        if (to != null && (up.isDone() || callBack != null && booted)) {
            to.beat(now, way.options().heartbeat().toNanos());
        }
    }

    @Override
    void end(String reason) {
        TransportLink to;
        synchronized (this) {
            to = link;
        }
        // Without a link it is about to be started, and sees there that it is over.
        if (to != null) {
            to.end(reason);
        }
    }

    @Override
    public void started() {
        context.progressed(this, ConnectPhase.BOOTING);
        say(dialog.begin(boot()));
    }

    private void say(byte[] bytes) {
        BootFailure failure = dialog.failure();
        if (failure != null) {
            fail(BootFailures.exception(way, failure));
        }
        if (bytes == null) {
            return;
        }
        Transport to;
        synchronized (this) {
            to = transport;
        }
        bootBytes += bytes.length;
        boolean last = dialog.isAllSaid();
        to.write(ByteBuffer.wrap(bytes), notWritten -> {
            Arrays.fill(bytes, (byte) 0);
            if (notWritten != null) {
                notWritten(TransportLink.NOT_WRITTEN + notWritten.getMessage());
            } else if (last) {
                link.open();
                if (callBack == null) {
                    writable.complete(null);
                } else {
                    callBack.ask(to, deadline);
                }
            } else {
                say(dialog.written());
            }
        });
    }

    /** Its end is near then, and says more. */
    private void notWritten(String reason) {
        broker.after(LAST_WORDS, () -> link.end(reason), ended);
    }

    @Override
    void endInput() {
        link.endInput();
    }

    private byte[] boot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            byte[] core = broker.classes.core();
            if (connector.runsCommands()) {
                out.write(stage.stdin());
            }
            out.write(core);
            out.write(configuration());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void failed(ConnectFailedException why) {
        fail(why);
    }

    @Override
    public void out(byte[] bytes, int offset, int length) {
        try {
            int taken = booted ? 0 : search(bytes, offset, length);
            if (booted && taken < length) {
                if (callBack == null) {
                    arrived(bytes, offset + taken, length - taken);
                } else {
                    callBack.arrived(bytes, offset + taken, length - taken);
                }
            }
        } catch (RuntimeException e) {
            broke("sent what can't be read: " + e);
        }
    }

    /** Frames, or parts of them, came. */
    void arrived(byte[] bytes, int offset, int length) {
        TransportLink to;
        synchronized (this) {
            to = link;
        }
        try {
            to.arrived(bytes, offset, length);
        } catch (LinkException e) {
            broke(e.getMessage());
        } catch (RuntimeException e) {
            broke("sent what can't be read: " + e);
        }
    }

    /** It is up, and can be sent anything, once it has called back. */
    @Override
    void said(ContextInfo info) {
        if (callBack == null) {
            up.complete(info);
        } else {
            callBack.done.thenRun(() -> {
                up.complete(info);
                writable.complete(null);
            });
        }
    }

    private int search(byte[] bytes, int offset, int length) {
        int taken = dialog.out(bytes, offset, length);
        booted = dialog.isUp();
        if (booted) {
            for (String line : dialog.noise()) {
                logs.line("stdout", line);
            }
        }
        say(dialog.next());
        return taken;
    }

    @Override
    public void err(byte[] bytes, int offset, int length) {
        log(dialog.err(bytes, offset, length));
        say(dialog.next());
    }

    private void log(List<String> lines) {
        for (String line : lines) {
            logs.line("stderr", line);
        }
    }

    @Override
    List<String> lastLines() {
        return BootFailures.clean(dialog.lastLines());
    }

    @Override
    public void ended(String reason) {
        log(dialog.errEnded());
        if (callBack == null || !callBack.isMoved()) {
            over(reason);
        }
    }

    /** Nothing more will come. */
    void over(String reason) {
        fail(dialog.ended(reason).exception(way.address()));
        link.end(Printable.line(dialog.loss(goodbye(), reason)));
    }

    private void connectTimedOut() {
        if (callBack != null && booted) {
            callBack.timedOut();
        }
        fail(dialog.timedOut(Broker.text(way.options().connectTimeout())).exception(way.address()));
    }

    @Override
    ConnectFailedException death(String reason) {
        return dialog.ended(reason).exception(way.address());
    }

    @Override
    long bytesIn() {
        return link == null ? 0 : link.bytesIn();
    }

    @Override
    long bytesOut() {
        return link == null ? 0 : bootBytes + stage.command().length() + link.bytesOut();
    }
}
