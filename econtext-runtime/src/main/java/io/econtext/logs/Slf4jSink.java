package io.econtext.logs;

import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends what contexts log to loggers of this side, {@code econtext.ctx.<context>.<logger>}, whose level decides.
 *
 * <p>Dots in a context's name become underscores, so that it is one part of the logger's name. Safe for use by several
 * threads.
 */
public final class Slf4jSink implements LogSink {
    static final String PREFIX = "econtext.ctx.";

    @Override
    public int level(String context) {
        Logger logger = logger(context, null);
        if (logger.isTraceEnabled()) {
            return java.util.logging.Level.FINEST.intValue();
        } else if (logger.isDebugEnabled()) {
            return java.util.logging.Level.FINE.intValue();
        } else if (logger.isInfoEnabled()) {
            return java.util.logging.Level.INFO.intValue();
        } else if (logger.isWarnEnabled()) {
            return java.util.logging.Level.WARNING.intValue();
        }
        return java.util.logging.Level.SEVERE.intValue();
    }

    @Override
    public void logged(LogLine line) {
        Level level = Level.valueOf(line.level());
        Logger logger = logger(line.context(), line.logger());
        if (logger.isEnabledForLevel(level)) {
            String text = line.throwable() == null ? line.message() : line.message() + "\n" + line.throwable();
            logger.atLevel(level).log(text);
        }
    }

    @Override
    public void dropped(String context, long lines) {
        logger(context, null).warn("{} log lines were dropped: they came faster than they could be taken", lines);
    }

    private static Logger logger(String context, String logger) {
        String name = PREFIX + context.replace('.', '_');
        return LoggerFactory.getLogger(logger == null || logger.isEmpty() ? name : name + "." + logger);
    }
}
