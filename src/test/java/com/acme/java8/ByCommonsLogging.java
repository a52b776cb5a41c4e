package com.acme.java8;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

public final class ByCommonsLogging implements LogApi {
    @Override
    public void warn(String message, Throwable thrown) {
        LogFactory.getLog(LOGGER).warn(message, thrown);
    }

    @Override
    public boolean isDebug(String logger) {
        return LogFactory.getLog(logger).isDebugEnabled();
    }

    @Override
    public void everyLevel(String logger) {
        Log log = LogFactory.getLog(logger);
        log.error("ERROR");
        log.warn("WARN");
        log.info("INFO");
        log.debug("DEBUG");
        log.trace("TRACE");
    }
}
