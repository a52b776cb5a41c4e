package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.ContextOptions;
import io.econtext.Launch;
import io.econtext.Way;
import io.econtext.core.Handles;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.parent.BootDialog;
import io.econtext.parent.BootFailure;
import io.econtext.parent.FirstStage;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One life of a context: from the start of its transport, over the boot, to the end of its link.
 *
 * <p>Events come on the transport's threads, one after the other; none blocks. {@link #up} completes when the context
 * has said hello, {@link #ended} when its link is gone.
 */
final class Session implements TransportEvents {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final int MAX_TEXT = 65536;
    private static final long CONGESTION_MILLIS = 10;

    final ControlledContext context;
    final Broker broker;
    final int id;
    final LogStream logs;
    final CompletableFuture<Transport> writable = new CompletableFuture<>();
    final CompletableFuture<ContextInfo> up = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    /** What classes this JVM was sent. */
    final AtomicInteger classRequests = new AtomicInteger();

    final Set<String> sent = ConcurrentHashMap.newKeySet();

    private final Way way;
    private final Connector<?> connector;
    private final FirstStage stage;
    private final BootDialog dialog;
    private Transport transport;
    private volatile TransportLink link;
    private volatile boolean booted;
    private volatile String goodbye;
    private long bootBytes;

    /** @param connector the one for the way, or {@code null} if there is none */
    Session(ControlledContext context, Way way, int id, Connector<?> connector) {
        this.context = context;
        this.broker = context.broker;
        this.way = way;
        this.id = id;
        this.connector = connector;
        logs = new LogStream(context.name(), broker.sink, broker::logged, context.deliveries);
        int nonce = 10_000_000 + RANDOM.nextInt(90_000_000);
        Launch launch = connector == null ? null : launch(connector);
        boolean asksPassword = launch != null && launch.asksPassword();
        boolean pipes = launch != null && launch.hasOurPipes();
        stage = new FirstStage(way.options(), nonce, broker.classes.bootJar(), asksPassword, pipes);
        dialog = new BootDialog(launch, stage.answer());
    }

    private <W extends Way> Launch launch(Connector<W> by) {
        return by.launch(by.way().cast(way));
    }

    TransportLink link() {
        return link;
    }

    /** Begins, unless it was given up before. */
    void start() {
        if (connector == null) {
            String reason = BootFailures.UNSERVED.formatted(way.getClass().getName());
            fail(new ConnectFailedException.ToolMissing(way.address(), reason, List.of(), null));
        }
        try {
            // Held so that no event is handled before the transport and its link are known.
            synchronized (this) {
                if (!up.isDone()) {
                    transport = open(connector);
                    link = new TransportLink(broker.router, id, id, Broker.MAX_MESSAGE, transport);
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

    void beat(long now) {
        TransportLink to = link;
        if (to != null && up.isDone()) {
            to.beat(now, way.options().heartbeat().toNanos());
        }
    }

    /** Ends the link of a session that was started. */
    void end(String reason) {
        link.end(reason);
    }

    @Override
    public void started() {
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
                // Its end is near then, and says more.
                String reason = "write failed: " + notWritten.getMessage();
                broker.after(LAST_WORDS, () -> link.end(reason), ended);
            } else if (last) {
                link.open();
                writable.complete(to);
            } else {
                say(dialog.written());
            }
        });
    }

    private byte[] boot() {
        ContextOptions options = way.options();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            byte[] core = broker.classes.core();
            if (connector.runsCommands()) {
                out.write(stage.stdin());
            }
            out.write(core);
            out.writeShort(Message.VERSION);
            out.writeInt(0);
            out.writeInt(id);
            out.writeUTF(context.name());
            out.writeByte(1);
            out.writeInt(broker.router.id());
            out.writeInt(Broker.millis(options.grace()));
            out.writeInt(Broker.millis(options.heartbeat()));
            out.writeInt(options.workers());
            out.writeInt(broker.sink.level(context.name()));
            out.writeInt(Broker.MAX_MESSAGE);
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
            to.end(context.name() + " " + e.getMessage());
        } catch (RuntimeException e) {
            to.end(context.name() + " sent what can't be read: " + e);
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

    /** What was printed last, to stdout before the preamble or to stderr. */
    List<String> lastLines() {
        return BootFailures.clean(dialog.lastLines());
    }

    @Override
    public void ended(String reason) {
        log(dialog.errEnded());
        fail(BootFailures.exception(way, dialog.ended(reason)));
        List<String> last = BootFailures.clean(dialog.errorLines());
        String words = last.isEmpty() ? "" : "; last words: " + String.join(" | ", last);
        link.end(goodbye == null ? reason + words : goodbye);
    }

    private void connectTimedOut() {
        fail(BootFailures.exception(
                way, dialog.timedOut(Broker.text(way.options().connectTimeout()))));
    }

    /** Fails the boot, or says that it is over. */
    boolean fail(ConnectFailedException why) {
        boolean failed = up.completeExceptionally(why);
        if (failed) {
            writable.completeExceptionally(why);
            TransportLink to;
            synchronized (this) {
                to = link;
            }
            // Without a link it is about to be started, and sees there that it is over.
            if (to != null) {
                to.end(why.getMessage());
            }
        }
        return failed || up.isCompletedExceptionally();
    }

    /** Sends once there is room, for threads that may wait; what can't be sent because the link is gone is dropped. */
    void send(Message m) {
        boolean up = true;
        while (up && !broker.router.trySend(m)) {
            up = link.flush(CONGESTION_MILLIS);
        }
    }

    /** A message to a well-known handle of ours, on the link's reader. */
    void handle(Message m) throws IOException {
        switch (m.handle) {
            case Handles.HELLO -> hello(m.body);
            case Handles.LOG -> logs.received(m.body);
            case Handles.CLASS -> broker.serveClass(this, m);
            case Handles.GOODBYE ->
                goodbye = Printable.line(Text.string(Arrays.copyOf(m.body, Math.min(m.body.length, MAX_TEXT))));
            case Handles.STUCK -> stuck(m.body);
            default -> {}
        }
    }

    private void stuck(byte[] body) {
        int call = Message.getInt(body, 0);
        String stack = Printable.lines(Text.string(Arrays.copyOfRange(body, 4, Math.min(body.length, MAX_TEXT))));
        context.deliveries.execute(() -> context.stuck(this, call, stack));
    }

    private void hello(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        int version = in.readUnsignedShort();
        if (version != Message.VERSION) {
            throw new LinkException("speaks version " + version + " of the protocol, not " + Message.VERSION);
        }
        in.readInt();
        int feature = in.readInt();
        String java = Printable.line(in.readUTF());
        String os = Printable.line(in.readUTF());
        String arch = Printable.line(in.readUTF());
        String user = Printable.line(in.readUTF());
        String pid = in.readUTF();
        up.complete(new ContextInfo(
                feature,
                java,
                os,
                arch,
                user,
                pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : -1,
                in.readBoolean()));
    }

    /** The link is gone, whoever ended it. */
    void lost(String reason) {
        fail(BootFailures.exception(way, dialog.ended(reason)));
        logs.over();
        ended.complete(goodbye == null ? reason : goodbye);
    }

    long bytesIn() {
        return link.bytesIn();
    }

    long bytesOut() {
        return bootBytes + stage.command().length() + link.bytesOut();
    }
}
