package com.acme.java8;

import java.util.logging.Level;
import java.util.logging.Logger;

public final class ByJul implements LogApi {
    @Override
    public void warn(String message, Throwable thrown) {
        Logger.getLogger(LOGGER).log(Level.WARNING, message, thrown);
    }

    @Override
    public boolean isDebug(String logger) {
        return Logger.getLogger(logger).isLoggable(Level.FINE);
    }

    @Override
    public void everyLevel(String logger) {
        Logger.getLogger(logger).severe("ERROR");
        Logger.getLogger(logger).warning("WARN");
        Logger.getLogger(logger).info("INFO");
        Logger.getLogger(logger).fine("DEBUG");
        Logger.getLogger(logger).finest("TRACE");
    }
}
