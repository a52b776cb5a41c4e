package io.econtext.broker;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of loggers that a context, with those that its code starts, may make up: each may cost the controller's logging
 * memory for ever, as may each of its parts.
 *
 * <p>Safe for use by any thread.
 */
final class LoggerNames {
    static final int MAX_NAMES = 2000;
    private static final int MAX_LENGTH = 200;
    private static final int MAX_PARTS = 16;
    /** What parts end by, in Logback. */
    private static final String SEPARATORS = ".$";

    /** With the contexts that use them. */
    private final Set<String> known = new HashSet<>();

    /** The name, cut where it is too long; the empty one where there are too many. */
    synchronized String usable(String context, String name) {
        String cut = cut(name);
        String key = context + " " + cut;
        return known.contains(key) || known.size() < MAX_NAMES && known.add(key) ? cut : "";
    }

    private static String cut(String name) {
        int end = Math.min(name.length(), MAX_LENGTH);
        int parts = 1;
        for (int i = 0; i < end; i++) {
            if (SEPARATORS.indexOf(name.charAt(i)) >= 0 && ++parts > MAX_PARTS) {
                return name.substring(0, i);
            }
        }
        return name.substring(0, end);
    }
}
