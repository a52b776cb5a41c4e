package com.acme.java8;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

public final class BySlf4j implements LogApi {
    @Override
    public void warn(String message, Throwable thrown) {
        MDC.put(KEY, VALUE);
        LoggerFactory.getLogger(LOGGER).warn(MarkerFactory.getMarker(MARKER), message, thrown);
        MDC.remove(KEY);
    }

    @Override
    public boolean isDebug(String logger) {
        return LoggerFactory.getLogger(logger).isDebugEnabled();
    }

    @Override
    public void everyLevel(String logger) {
        Logger log = LoggerFactory.getLogger(logger);
        log.error("ERROR");
        log.warn("WARN");
        log.info("INFO");
        log.debug("DEBUG");
        log.trace("TRACE");
    }
}
