package io.econtext.levels;

import io.econtext.core.Context;
import io.econtext.core.Logs;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells {@code java.util.logging} of levels that changed since it took them, by a call from the controller: what
 * configures it may be waiting for user code, as the link's reader must not.
 *
 * <p>Safe for use by several threads.
 */
public final class JulLevels {
    /** Loggers are held weakly by their manager, and would lose their levels. */
    private static final Map<String, Logger> HELD = new HashMap<>();

    private JulLevels() {}

    public static synchronized void follow() {
        Logs logs = Context.current.logs;
        if (logs.configured) {
            for (Map.Entry<String, Integer> level :
                    new Levels(logs.levels).byLogger().entrySet()) {
                Logger logger = Logger.getLogger(level.getKey());
                logger.setLevel(Level.parse(level.getValue().toString()));
                HELD.put(level.getKey(), logger);
            }
        }
    }
}
