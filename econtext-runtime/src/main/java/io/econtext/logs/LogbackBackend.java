package io.econtext.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import io.econtext.broker.LogLine;
import io.econtext.broker.LoggedThrowable;
import io.econtext.levels.Levels;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Logback, which tells what level is set for which logger and when that changes, and takes whole events: with the target's
 * time, thread and MDC.
 */
final class LogbackBackend implements Backend, LoggerContextListener {
    /** What is known of more of them is forgotten, as many may be gone. */
    private static final int MAX_CONTEXTS = 1000;

    private static @Nullable LogbackBackend ofThisProgram;

    private final LoggerContext loggers;
    /** What levels mean for each context; begun anew whenever one changes. */
    private volatile Map<String, Wanted> wanted = new ConcurrentHashMap<>();

    LogbackBackend(LoggerContext loggers) {
        this.loggers = loggers;
        loggers.addListener(this);
    }

    /** There is one, as it listens for ever. */
    static synchronized LogbackBackend ofThisProgram() {
        LoggerContext now = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (ofThisProgram == null || ofThisProgram.loggers != now) {
            ofThisProgram = new LogbackBackend(now);
        }
        return ofThisProgram;
    }

    @Override
    public Map<String, Integer> levels(String context) {
        return wanted(context).levels;
    }

    @Override
    public void log(LogLine line, @Nullable LoggedThrowable thrown) {
        Level level = Level.toLevel(line.level());
        if (number(level) >= wanted(line.context()).level(line.logger())) {
            // whether its own tree has the logger enabled doesn't count: the level may be that of its namesake here
            String name = Backend.name(line);
            nearest(name).callAppenders(new RemoteEvent(loggers, name, level, line, thrown));
        }
    }

    /** The logger, or the nearest above it that there is: one that a target made up would be kept for ever. */
    private Logger nearest(String name) {
        Logger logger = loggers.exists(name);
        for (int end = name.length(); logger == null && end > 0; ) {
            end = Math.max(name.lastIndexOf('.', end - 1), name.lastIndexOf('$', end - 1));
            logger = end > 0 ? loggers.exists(name.substring(0, end)) : null;
        }
        return logger == null ? loggers.getLogger(Logger.ROOT_LOGGER_NAME) : logger;
    }

    private Wanted wanted(String context) {
        Map<String, Wanted> now = wanted;
        Wanted known = now.get(context);
        if (known == null) {
            if (now.size() >= MAX_CONTEXTS) {
                changed();
                now = wanted;
            }
            known = new Wanted(context);
            now.put(context, known);
        }
        return known;
    }

    private Map<String, Integer> set() {
        Map<String, Integer> set = new HashMap<>();
        for (Logger logger : loggers.getLoggerList()) {
            if (logger.getLevel() != null) {
                boolean root = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
                set.put(root ? "" : logger.getName(), number(logger.getLevel()));
            }
        }
        return set;
    }

    private static int number(Level level) {
        return switch (level.toInt()) {
            case Level.OFF_INT -> java.util.logging.Level.OFF.intValue();
            case Level.ERROR_INT -> java.util.logging.Level.SEVERE.intValue();
            case Level.WARN_INT -> java.util.logging.Level.WARNING.intValue();
            case Level.INFO_INT -> java.util.logging.Level.INFO.intValue();
            case Level.DEBUG_INT -> java.util.logging.Level.FINE.intValue();
            default -> java.util.logging.Level.FINEST.intValue();
        };
    }

    private void changed() {
        wanted = new ConcurrentHashMap<>();
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onStart(LoggerContext context) {
        changed();
    }

    @Override
    public void onReset(LoggerContext context) {
        changed();
    }

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {
        changed();
    }

    /** What is wanted of one context, as long as no level changes. */
    private final class Wanted {
        final Map<String, Integer> levels;
        private final Map<String, Integer> levelOf = new ConcurrentHashMap<>();

        Wanted(String context) {
            levels = LevelTree.of(context, set());
        }

        /** From which level on a logger there is wanted. */
        int level(String logger) {
            return levelOf.computeIfAbsent(logger, name -> Levels.of(name, levels));
        }
    }
}
