package io.econtext.broker;

import io.econtext.ConnectFailedException;
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

/**
 * The life of a context that this program starts itself: its transport, the talk while it boots, and its link.
 *
 * <p>Events come on the transport's threads, one after the other; none blocks.
 */
final class TransportSession extends Session implements TransportEvents {
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final int id;
    private final Connector<?> connector;
    private final FirstStage stage;
    private final BootDialog dialog;
    private Transport transport;
    private volatile TransportLink link;
    private volatile boolean booted;
    private long bootBytes;

    /** @param connector the one for the way, or {@code null} if there is none */
    TransportSession(ControlledContext context, Way way, int id, Connector<?> connector) {
        super(context, way);
        this.id = id;
        this.connector = connector;
        Launch launch = connector == null ? null : launch(connector);
        stage = stage(launch);
        dialog = new BootDialog(launch, stage.answer());
    }

    private <W extends Way> Launch launch(Connector<W> by) {
        return by.launch(by.way().cast(way));
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
        if (connector == null) {
            String reason = BootFailures.UNSERVED.formatted(way.getClass().getName());
            fail(new ConnectFailedException.ToolMissing(way.address(), reason, List.of(), null));
        }
        try {
            // Held so that no event is handled before the transport and its link are known.
            synchronized (this) {
                if (!up.isDone()) {
                    transport = open(connector);
                    link = new TransportLink(broker.router, id, Broker.MAX_MESSAGE, transport, this::notWritten);
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

    private <W extends Way> Transport open(Connector<W> by) {
        return by.start(by.way().cast(way), by.runsCommands() ? stage.command() : stage.answer(), this);
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
        if (to != null && up.isDone()) {
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
                writable.complete(null);
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
        Transport to;
        synchronized (this) {
            to = transport;
        }
        to.endInput();
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
        TransportLink to;
        synchronized (this) {
            to = link;
        }
        try {
            if (!booted) {
                int taken = search(bytes, offset, length);
                offset += taken;
                length -= taken;
            }
            if (booted && length > 0) {
                to.arrived(bytes, offset, length);
            }
        } catch (LinkException e) {
            broke(e.getMessage());
        } catch (RuntimeException e) {
            broke("sent what can't be read: " + e);
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
        fail(dialog.ended(reason).exception(way.address()));
        link.end(Printable.line(dialog.loss(goodbye(), reason)));
    }

    private void connectTimedOut() {
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
