package io.econtext.core;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** The root logger's handler: hands records to the core. */
public final class LogBridge extends Handler {
    @Override
    public void publish(LogRecord record) {
        Boot.log.accept(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
