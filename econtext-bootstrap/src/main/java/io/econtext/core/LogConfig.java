package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.util.logging.LogManager;

/** Configures {@code java.util.logging} when it is first used, which costs 20 ms; named by a system property. */
public final class LogConfig {
    public LogConfig() throws Exception {
        String properties = "handlers=io.econtext.core.LogBridge\n.level=" + Boot.logLevel;
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(properties.getBytes()));
    }
}
