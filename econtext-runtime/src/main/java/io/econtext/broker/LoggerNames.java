package io.econtext.broker;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of loggers that a context may make up: each costs the controller's logging memory for ever, as does each of
 * its parts.
 *
 * <p>Safe for use by any thread.
 */
final class LoggerNames {
    static final int MAX_NAMES = 2000;
    private static final int MAX_LENGTH = 200;
    private static final int MAX_PARTS = 16;

    private final Set<String> known = new HashSet<>();

    /** The name, cut where it is too long; the empty one where there are too many. */
    synchronized String usable(String name) {
        String cut = cut(name);
        return known.contains(cut) || known.size() < MAX_NAMES && known.add(cut) ? cut : "";
    }

    private static String cut(String name) {
        int end = Math.min(name.length(), MAX_LENGTH);
        int parts = 1;
        for (int i = 0; i < end; i++) {
            if (name.charAt(i) == '.' && ++parts > MAX_PARTS) {
                return name.substring(0, i);
            }
        }
        return name.substring(0, end);
    }
}
