package io.econtext.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.econtext.broker.LogLine;
import io.econtext.broker.LoggedThrowable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** A line of a context as Logback's event, with what it had there. Used by one thread, then not changed. */
final class RemoteEvent extends LoggingEvent {
    private static final StackTraceElement[] NO_CALLER = {};

    private final @Nullable IThrowableProxy thrown;

    RemoteEvent(LoggerContext loggers, String logger, Level level, LogLine line, @Nullable LoggedThrowable thrown) {
        this.thrown = thrown == null ? null : new RemoteThrowableProxy(thrown);
        setLoggerContextRemoteView(loggers.getLoggerContextRemoteView());
        setLoggerName(logger);
        setLevel(level);
        setMessage(line.message());
        setInstant(line.time());
        setThreadName(line.thread());
        setMDCPropertyMap(line.mdc());
        setCallerData(NO_CALLER);
        // kept ones would be kept for ever, and a target can make up many
        line.markers().forEach(name -> addMarker(MarkerFactory.getDetachedMarker(name)));
        line.keyValues().forEach((key, value) -> addKeyValuePair(new KeyValuePair(key, value)));
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return thrown;
    }
}
