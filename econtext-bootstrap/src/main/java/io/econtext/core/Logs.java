package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.function.Consumer;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends log records and lines of output up, numbered, so that a gap tells how many were dropped on the way; each in one
 * fragment.
 *
 * <pre>
 * i32 number   u8 kind (0 logged, 1 stdout, 2 stderr; +4 the line goes on in the next)   i64 ms since 1970
 * i32 level of java.util.logging   utf logger   utf thread   utf message   utf stack trace or nothing
 * </pre>
 *
 * The lock keeps the numbers in the order of sending.
 */
final class Logs implements Consumer<Object> {
    private static final int MAX_NAME = 1000;
    private static final int MAX_TEXT = 16000;

    private final Router router;
    private final int level;
    private boolean configured;
    private int last;

    Logs(Router router, int level) {
        this.router = router;
        this.level = level;
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
        StringWriter trace = new StringWriter();
        if (r.getThrown() != null) {
            r.getThrown().printStackTrace(new PrintWriter(trace, true));
        }
        send(
                0,
                r.getMillis(),
                r.getLevel().intValue(),
                r.getLoggerName(),
                new SimpleFormatter().formatMessage(r),
                trace.toString());
    }

    private void configure() {
        if (!configured) {
            configured = true;
            String properties = "handlers=io.econtext.core.LogBridge\n.level=" + level;
            try {
                LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(Text.bytes(properties)));
            } catch (IOException e) {
                throw new LinkException(e.toString());
            }
        }
    }

    void line(int kind, String text) {
        send(kind, System.currentTimeMillis(), 0, "", text, "");
    }

    private synchronized void send(int kind, long millis, int level, String logger, String text, String trace) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(++last);
            out.writeByte(kind);
            out.writeLong(millis);
            out.writeInt(level);
            out.writeUTF(Text.utf(logger, MAX_NAME));
            out.writeUTF(Text.utf(Thread.currentThread().getName(), MAX_NAME));
            out.writeUTF(Text.utf(text, MAX_TEXT));
            // what passes through in pieces is dropped in pieces, too
            out.writeUTF(Text.utf(trace, (Message.FRAGMENT - 2 - bytes.size()) / 3));
            router.send(router.message(Message.LOG, router.controller(), Handles.LOG, 0, bytes.toByteArray()));
        } catch (IOException e) {
            throw new LinkException(e.toString());
        }
    }

    /** Sets levels: UTF-8 lines of {@code logger=number}, the root logger without a name. */
    final class Level extends Handler {
        /** Loggers are held weakly by their manager, and would lose their levels. */
        private final HashMap<String, Logger> held = new HashMap<>();

        Level() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            for (String line : Text.string(m.body).split("\n")) {
                int equals = line.indexOf('=');
                Logger logger = Logger.getLogger(line.substring(0, equals));
                String level = line.substring(equals + 1);
                logger.setLevel(level.isEmpty() ? null : java.util.logging.Level.parse(level));
                held.put(logger.getName(), logger);
            }
        }
    }
}
