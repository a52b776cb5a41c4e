package io.econtext.broker;

import io.econtext.call.RemoteFailure;
import io.econtext.core.Message;
import io.econtext.levels.Levels;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines of one session, on their way from the link's reader to the sink.
 *
 * <p>The reader only queues; one task at a time delivers, on an executor that runs the context's other events between
 * batches of lines. Of a queue that is too long the oldest are dropped. A caller whose reply says that lines came before
 * it waits for those.
 */
final class LogStream {
    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final int MAX_QUEUED_BYTES = 16 << 20;
    private static final int AFTER = 3;
    private static final int DEBUG = 500;
    private static final int GOES_ON = 4;
    private static final int BATCH = 256;
    /** What a queued line costs beside its text. */
    private static final int OVERHEAD = 64;

    static final String MALFORMED = "sent a malformed log line: ";
    static final String TOO_LONG = "sent a log line of ";

    /** Characters of lines that did not come as messages, and what such a line costs beside them. */
    private static final int MAX_OWN = 4 << 20;

    private static final int OWN_OVERHEAD = 256;
    static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(1);

    /** The bytes that wait, of all streams that share this. */
    final AtomicInteger queuedBytes;

    private final ControlledContext of;
    private final String context;
    private final LogSink sink;
    private final Consumer<LogLine> listeners;
    private final Executor executor;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private boolean delivering;
    /** Nanoseconds for which the batch that is being delivered may still wait for other contexts. */
    private long patience;

    private boolean over;
    private int own;
    private int delivered;
    private long lines;
    private long dropped;

    /** @param queuedBytes another stream's, where both may hold no more than one */
    LogStream(
            ControlledContext of,
            LogSink sink,
            Consumer<LogLine> listeners,
            Executor executor,
            AtomicInteger queuedBytes) {
        this.of = of;
        this.queuedBytes = queuedBytes;
        context = of.name();
        this.sink = sink;
        this.listeners = listeners;
        this.executor = executor;
    }

    void received(byte[] record) {
        if (record.length > Message.FRAGMENT) {
            of.refused(TOO_LONG + record.length + " bytes", 1);
            return;
        }
        synchronized (this) {
            queue.add(record);
            int waiting = queuedBytes.addAndGet(record.length + OVERHEAD);
            while (waiting > MAX_QUEUED_BYTES && !queue.isEmpty()) {
                waiting = queuedBytes.addAndGet(-queue.poll().length - OVERHEAD);
            }
            if (delivering) {
                return;
            }
            delivering = true;
        }
        executor.execute(this::deliver);
    }

    /** A line that did not come as a message: what a boot printed, or a stderr that no context reads. */
    void line(String logger, String text) {
        line(logger, logger.equals("stdout") ? "INFO" : "WARN", text);
    }

    /** What the context does for this side, if that is wanted to be known. */
    void debug(String logger, Supplier<String> text) {
        if (Levels.of(logger, sink.levels(context)) <= DEBUG) {
            line(logger, "DEBUG", text.get());
        }
    }

    private void line(String logger, String level, String text) {
        LogLine line = new LogLine(context, logger, level, Instant.now(), "", Printable.line(text), null, 0);
        int size = text.length() + OWN_OVERHEAD;
        synchronized (this) {
            if (own + size > MAX_OWN) {
                dropped++;
                return;
            }
            own += size;
        }
        executor.execute(() -> {
            synchronized (this) {
                own -= size;
            }
            publish(line, null);
        });
    }

    /** The link is gone: what is not queued won't come. */
    synchronized void over() {
        over = true;
        notifyAll();
    }

    private void deliver() {
        patience = MAX_WAIT;
        for (int i = 0; i < BATCH; i++) {
            byte[] record;
            synchronized (this) {
                record = queue.poll();
                if (record == null) {
                    delivering = false;
                    notifyAll();
                    return;
                }
                queuedBytes.addAndGet(-record.length - OVERHEAD);
            }
            // 0 for a line that its parent read, not the context: those have no order
            int number = record.length < Integer.BYTES ? 0 : Message.getInt(record, 0);
            try {
                deliver(record, number);
            } catch (IOException e) {
                of.refused(MALFORMED + e, 1);
            }
            synchronized (this) {
                delivered = number == 0 ? delivered : number;
                notifyAll();
            }
        }
        executor.execute(this::deliver);
    }

    private void deliver(byte[] record, int number) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        in.readInt();
        int kind = in.readUnsignedByte();
        Instant time = Instant.ofEpochMilli(in.readLong());
        int level = in.readInt();
        String logger = in.readUTF();
        String thread = in.readUTF();
        String message = in.readUTF();
        LoggedThrowable thrown = in.readBoolean() ? LoggedThrowable.of(RemoteFailure.read(in)) : null;
        int missing = number == 0 ? 0 : number - delivered - 1;
        synchronized (this) {
            lines += kind == AFTER ? 0 : 1;
            dropped += Math.max(0, missing);
        }
        if (missing > 0) {
            toSink(() -> sink.dropped(context, missing));
        }
        if (kind == AFTER) {
            await(time.toEpochMilli(), level);
            return;
        }
        int stream = kind & ~GOES_ON;
        String text = Printable.line(message) + ((kind & GOES_ON) != 0 ? " …" : "");
        String name =
                stream == 0 ? of.loggers.usable(context, Printable.line(logger)) : stream == 1 ? "stdout" : "stderr";
        Extras extras = new Extras(in);
        publish(
                new LogLine(
                        context,
                        name,
                        stream == 0 ? name(level) : stream == 1 ? "INFO" : "WARN",
                        time,
                        Printable.line(thread),
                        text,
                        thrown == null ? null : thrown.text(),
                        number,
                        extras.mdc,
                        extras.keyValues,
                        extras.markers),
                thrown);
    }

    /** Waits for a line of another context, which may be a lie. */
    private void await(long id, int line) {
        if (patience > 0 && !isOver()) {
            long begun = System.nanoTime();
            of.broker.tree.awaitLogged(this, id, line, begun + patience);
            patience -= System.nanoTime() - begun;
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void publish(LogLine line, @Nullable LoggedThrowable thrown) {
        toSink(() -> sink.logged(line, thrown));
        listeners.accept(line);
    }

    /** A sink that fails loses its line, nothing else. */
    private static void toSink(Runnable delivery) {
        try {
            delivery.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("the log sink failed", e);
        }
    }

    /**
     * Waits until the line of that number was delivered or dropped, or can't come any more; not beyond the deadline, nor
     * for more than a second, as a target that lies about the number shall hold up nobody.
     */
    synchronized void awaitDelivered(int number, long deadline) throws InterruptedException {
        long now = System.nanoTime();
        long end = deadline - now < MAX_WAIT ? deadline : now + MAX_WAIT;
        while (number - delivered > 0 && !(over && !delivering)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized boolean isDelivered(int number) {
        return number - delivered <= 0;
    }

    synchronized long lines() {
        return lines;
    }

    synchronized long dropped() {
        return dropped;
    }

    private static String name(int level) {
        return level >= 1000
                ? "ERROR"
                : level >= 900 ? "WARN" : level >= 800 ? "INFO" : level >= 500 ? "DEBUG" : "TRACE";
    }

    /** What comes with a line, cleaned, as far as there isn't too much of it. */
    private static final class Extras {
        private static final int MAX = 100;
        private static final int OF_MDC = 0;
        private static final int OF_STATEMENT = 1;

        final Map<String, String> mdc = new LinkedHashMap<>();
        final Map<String, String> keyValues = new LinkedHashMap<>();
        final List<String> markers = new ArrayList<>();

        Extras(DataInputStream in) throws IOException {
            for (int i = 0; i < MAX && in.available() > 0; i++) {
                int what = in.readUnsignedByte();
                String key = Printable.line(in.readUTF());
                String value = Printable.line(in.readUTF());
                if (what == OF_MDC || what == OF_STATEMENT) {
                    (what == OF_MDC ? mdc : keyValues).put(key, value);
                } else {
                    markers.add(key);
                }
            }
        }
    }
}
