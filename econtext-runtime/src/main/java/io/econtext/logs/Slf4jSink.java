package io.econtext.logs;

import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import io.econtext.broker.LoggedThrowable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends what contexts log to loggers of this side, {@code econtext.ctx.<context>.<logger>}, whose level decides.
 *
 * <p>Dots in a context's name become underscores, so that it is one part of the logger's name. Safe for use by several
 * threads.
 */
public final class Slf4jSink implements LogSink {
    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private final Backend backend;

    public Slf4jSink() {
        boolean logback = LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK);
        backend = logback ? LogbackBackend.ofThisProgram() : new Slf4jBackend();
    }

    @Override
    public int level(String context) {
        return levels(context).get("");
    }

    @Override
    public Map<String, Integer> levels(String context) {
        return backend.levels(context);
    }

    @Override
    public void logged(LogLine line) {
        logged(line, null);
    }

    @Override
    public void logged(LogLine line, @Nullable LoggedThrowable thrown) {
        backend.log(line, thrown);
    }

    @Override
    public void dropped(String context, long lines) {
        LoggerFactory.getLogger(Backend.name(context))
                .warn("{} log lines were dropped: they came faster than they could be taken", lines);
    }
}
