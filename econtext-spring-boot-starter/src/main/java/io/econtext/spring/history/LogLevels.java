package io.econtext.spring.history;

import io.econtext.broker.LogLine;
import java.util.List;
import java.util.Locale;

/** Compares levels. Stateless. */
public final class LogLevels {
    private static final List<String> RISING = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private LogLevels() {}

    /** @throws IllegalArgumentException if that is no level; the message lists them */
    public static boolean isAtLeast(LogLine line, String level) {
        int least = RISING.indexOf(level.toUpperCase(Locale.ROOT));
        if (least < 0) {
            throw new IllegalArgumentException("'" + level + "' is no level; there are " + RISING);
        }
        return RISING.indexOf(line.level()) >= least;
    }
}
