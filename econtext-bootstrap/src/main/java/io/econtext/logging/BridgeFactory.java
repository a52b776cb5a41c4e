package io.econtext.logging;

import io.econtext.levels.Levels;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** The loggers of an application on a target. Safe for use by several threads. */
public class BridgeFactory implements ILoggerFactory {
    private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private volatile Levels levels = new Levels("");

    @Override
    public final Logger getLogger(String name) {
        Logger logger = loggers.get(name);
        if (logger == null) {
            Logger added = logger(name);
            Logger other = loggers.putIfAbsent(name, added);
            logger = other == null ? added : other;
        }
        return logger;
    }

    Logger logger(String name) {
        return new BridgeLogger(this, name);
    }

    /** Those that the controller wants now. */
    final Levels levels() {
        String text = BridgeLogger.logs().levels;
        Levels known = levels;
        if (known.text != text) {
            known = new Levels(text);
            levels = known;
        }
        return known;
    }
}
