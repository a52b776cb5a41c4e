package io.econtext.logs;

import io.econtext.broker.LogLine;
import io.econtext.broker.LoggedThrowable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Any logging behind SLF4J, which tells no more than whether a logger is enabled and takes neither time nor thread: both go
 * into the MDC, beside what the target had there.
 */
final class Slf4jBackend implements Backend {
    static final String THREAD = "econtext.thread";
    static final String TIME = "econtext.time";

    @Override
    public Map<String, Integer> levels(String context) {
        Logger logger = LoggerFactory.getLogger(Backend.name(context));
        return Map.of("", least(logger));
    }

    private static int least(Logger logger) {
        if (logger.isTraceEnabled()) {
            return java.util.logging.Level.FINEST.intValue();
        } else if (logger.isDebugEnabled()) {
            return java.util.logging.Level.FINE.intValue();
        } else if (logger.isInfoEnabled()) {
            return java.util.logging.Level.INFO.intValue();
        } else if (logger.isWarnEnabled()) {
            return java.util.logging.Level.WARNING.intValue();
        }
        return logger.isErrorEnabled()
                ? java.util.logging.Level.SEVERE.intValue()
                : java.util.logging.Level.OFF.intValue();
    }

    @Override
    public void log(LogLine line, @Nullable LoggedThrowable thrown) {
        Level level = Level.valueOf(line.level());
        Logger logger = LoggerFactory.getLogger(Backend.name(line));
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        Map<String, String> before = MDC.getCopyOfContextMap();
        try {
            line.mdc().forEach(MDC::put);
            MDC.put(THREAD, line.thread());
            MDC.put(TIME, line.time().toString());
            LoggingEventBuilder statement = logger.atLevel(level).setCause(thrown);
            // kept ones would be kept for ever, and a target can make up many
            line.markers().forEach(name -> statement.addMarker(MarkerFactory.getDetachedMarker(name)));
            line.keyValues().forEach(statement::addKeyValue);
            statement.log(line.message());
        } finally {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }
    }
}
