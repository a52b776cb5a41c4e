package io.econtext.core;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Hands log records to the core. A system property names it as what configures {@code java.util.logging} when that is
 * first used, which costs 20 ms; that configuration then names it as the root logger's handler.
 */
public final class LogBridge extends Handler {
    public LogBridge() {
        Boot.log.accept(null);
    }

    @Override
    public void publish(LogRecord record) {
        Boot.log.accept(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
