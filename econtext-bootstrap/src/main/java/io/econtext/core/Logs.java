package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Sends log records and lines of output up, numbered, so that a gap tells how many were dropped on the way; and is told
 * what is to be logged. Each line is one fragment.
 *
 * <pre>
 * i32 number   u8 kind (0 logged, 1 stdout, 2 stderr; +4 the line goes on in the next; 3 no line, see below)
 * i64 ms since 1970   i32 level of java.util.logging   utf logger   utf thread   utf message
 * u8 whether something was thrown, then a {@link Failure}
 * to the end: u8 0 of the MDC, 1 of the statement, 2 a marker; utf key, utf value
 * </pre>
 *
 * Kind 3 says that a line of another context came before: it has that one's id for its time, and the line's number for
 * its level.
 *
 * <p>The lock keeps the numbers in the order of sending; nothing of a user's runs under it.
 */
public final class Logs extends Handler implements Consumer<Object> {
    /** Lines of {@code logger.level=number} as {@code java.util.logging} has them; the root logger has no name. */
    public volatile String levels;
    /** Whether {@code java.util.logging} took them; what changes later is for others to tell it. */
    public volatile boolean configured;

    private static final int MAX_NAME = 1000;
    private static final int MAX_TEXT = 16000;

    private final Router router;
    private int last;

    Logs(Router router, String levels) {
        super(ANCESTORS);
        this.router = router;
        this.levels = levels;
    }

    @Override
    public void handle(Message m) {
        levels = Text.string(m.body);
    }

    synchronized int last() {
        return last;
    }

    /** Takes a {@link LogRecord}, or null from the {@link LogBridge}s that are made. */
    @Override
    public void accept(Object object) {
        if (object == null) {
            configure();
            return;
        }
        LogRecord r = (LogRecord) object;
        String text = new SimpleFormatter().formatMessage(r);
        send(0, r.getMillis(), r.getLevel().intValue(), r.getLoggerName(), null, text, r.getThrown());
    }

    private void configure() {
        if (!configured) {
            configured = true; // before they are read, so that no change goes by
            byte[] properties = Text.bytes("handlers=io.econtext.core.LogBridge\n" + levels);
            try {
                LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(properties));
            } catch (IOException e) {
                throw new LinkException(e.toString());
            }
        }
    }

    void line(int kind, int level, String logger, String text) {
        send(kind, System.currentTimeMillis(), level, logger, null, text, null);
    }

    /**
     * Sends a line that has any of what a line can have; for any thread.
     *
     * @param thread where it was logged; {@code null} for here
     * @param more at most 8 KiB
     */
    public void send(
            int kind,
            long millis,
            int level,
            String logger,
            String thread,
            String text,
            Throwable thrown,
            byte... more) {
        try {
            ByteArrayOutputStream bytes;
            int frames = thrown == null ? 0 : Failure.MAX_FRAMES;
            boolean fits;
            do { // what passes through in pieces is dropped in pieces, too
                bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes);
                out.writeInt(0);
                out.writeByte(kind);
                out.writeLong(millis);
                out.writeInt(level);
                out.writeUTF(Text.utf(logger, MAX_NAME));
                out.writeUTF(Text.utf(thread == null ? Thread.currentThread().getName() : thread, MAX_NAME));
                out.writeUTF(Text.utf(text, MAX_TEXT));
                out.writeBoolean(frames > 0);
                if (frames > 0) {
                    Failure.write(out, thrown, frames);
                }
                out.write(more);
                fits = frames == 0 || bytes.size() <= Message.FRAGMENT;
                frames /= 4;
            } while (!fits);
            byte[] body = bytes.toByteArray();
            synchronized (this) {
                Message.putInt(body, 0, ++last);
                router.send(router.message(Message.LOG, router.controller(), Handles.LOG, 0, body));
            }
        } catch (IOException e) {
            throw new LinkException(e.toString());
        }
    }
}
