package com.acme.logs;

import com.acme.java8.LogApi;

/** Java 8 hasn't got it. */
public final class BySystemLogger implements LogApi {
    @Override
    public void warn(String message, Throwable thrown) {
        System.getLogger(LOGGER).log(System.Logger.Level.WARNING, message, thrown);
    }

    @Override
    public boolean isDebug(String logger) {
        return System.getLogger(logger).isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public void everyLevel(String logger) {
        System.Logger log = System.getLogger(logger);
        log.log(System.Logger.Level.ERROR, "ERROR");
        log.log(System.Logger.Level.WARNING, "WARN");
        log.log(System.Logger.Level.INFO, "INFO");
        log.log(System.Logger.Level.DEBUG, "DEBUG");
        log.log(System.Logger.Level.TRACE, "TRACE");
    }
}
