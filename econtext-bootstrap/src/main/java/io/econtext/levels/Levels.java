package io.econtext.levels;

import java.util.HashMap;
import java.util.Map;

/** From which level on each logger logs: numbers of {@code java.util.logging}. Immutable. */
public final class Levels {
    private static final String SUFFIX = ".level=";

    /** The lines that they were read from. */
    public final String text;

    private final Map<String, Integer> byLogger = new HashMap<>();

    /** @param text lines of {@code logger.level=number}; the root logger has no name */
    public Levels(String text) {
        this.text = text;
        for (String line : text.split("\n")) {
            int end = line.lastIndexOf(SUFFIX);
            if (end >= 0) {
                byLogger.put(line.substring(0, end), Integer.valueOf(line.substring(end + SUFFIX.length())));
            }
        }
    }

    /** The same as text. */
    public static String text(Map<String, Integer> levels) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Integer> level : levels.entrySet()) {
            text.append(level.getKey()).append(SUFFIX).append(level.getValue()).append('\n');
        }
        return text.toString();
    }

    Map<String, Integer> byLogger() {
        return byLogger;
    }

    /** That of the logger, or of the nearest above it; {@link Integer#MIN_VALUE} where not even the root has one. */
    public int of(String logger) {
        return of(logger, byLogger);
    }

    /** The same of levels by logger. */
    public static int of(String logger, Map<String, Integer> levels) {
        String name = logger;
        Integer level = levels.get(name);
        while (level == null && !name.isEmpty()) {
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            level = levels.get(name);
        }
        return level == null ? Integer.MIN_VALUE : level;
    }
}
