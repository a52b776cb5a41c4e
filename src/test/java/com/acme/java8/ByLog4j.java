package com.acme.java8;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;

public final class ByLog4j implements LogApi {
    @Override
    public void warn(String message, Throwable thrown) {
        ThreadContext.put(KEY, VALUE);
        LogManager.getLogger(LOGGER).warn(MarkerManager.getMarker(MARKER), message, thrown);
        ThreadContext.remove(KEY);
    }

    @Override
    public boolean isDebug(String logger) {
        return LogManager.getLogger(logger).isDebugEnabled();
    }

    @Override
    public void everyLevel(String logger) {
        Logger log = LogManager.getLogger(logger);
        log.error("ERROR");
        log.warn("WARN");
        log.info("INFO");
        log.debug("DEBUG");
        log.trace("TRACE");
    }
}
