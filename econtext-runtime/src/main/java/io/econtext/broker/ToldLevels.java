package io.econtext.broker;

import io.econtext.levels.Levels;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a context was told to log in one of its lives. What is named once is named from then on, as a logger there would
 * otherwise keep its level. Safe for use by several threads.
 */
final class ToldLevels {
    /** So that all is one text of the protocol. */
    static final int MAX_LENGTH = 20_000;

    private static final Pattern NAME = Pattern.compile("[\\w.$-]*");

    private Map<String, Integer> wanted = Map.of();
    private final Map<String, Integer> told = new TreeMap<>();

    /** All there is to say, as the protocol has it. */
    synchronized String all(Map<String, Integer> levels) {
        change(levels);
        return Levels.text(told);
    }

    /** The same, or {@code null} if it was said already. */
    synchronized @Nullable String changed(Map<String, Integer> levels) {
        return levels == wanted || levels.equals(wanted) ? null : all(levels);
    }

    private void change(Map<String, Integer> levels) {
        int length = Levels.text(told).length();
        told.replaceAll((logger, level) -> Levels.of(logger, levels));
        for (Map.Entry<String, Integer> level : new TreeMap<>(levels).entrySet()) {
            int more = Levels.text(Map.of(level.getKey(), level.getValue())).length();
            if (told.containsKey(level.getKey())
                    || length + more <= MAX_LENGTH
                            && NAME.matcher(level.getKey()).matches()) {
                length += told.put(level.getKey(), level.getValue()) == null ? more : 0;
            }
        }
        wanted = levels;
    }
}
