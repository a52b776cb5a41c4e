package io.econtext.logs;

import java.util.HashMap;
import java.util.Map;

/** What the levels that are set here mean for the loggers of a context. Stateless. */
final class LevelTree {
    private static final String ALL = Backend.PREFIX.substring(0, Backend.PREFIX.length() - 1);
    private static final String OURS = ALL.substring(0, ALL.indexOf('.'));

    private LevelTree() {}

    /**
     * A logger there has the level that is set for {@code econtext.ctx.<context>.<logger>} or above that, up to
     * {@code econtext}; else, where none is, the one that a logger of the same name has here.
     *
     * @param set numbers by logger, of those loggers that a level is set for; the root's name is empty
     * @return the same for the loggers of the context, by their own names
     */
    static Map<String, Integer> of(String context, Map<String, Integer> set) {
        Map<String, Integer> levels = new HashMap<>();
        String name = Backend.name(context);
        Integer own = set.getOrDefault(name, set.getOrDefault(ALL, set.get(OURS)));
        if (own != null) {
            levels.put("", own);
        }
        set.forEach((logger, level) -> {
            if (logger.startsWith(name + ".")) {
                levels.put(logger.substring(name.length() + 1), level);
            }
        });
        Map<String, Integer> here = new HashMap<>();
        set.forEach((logger, level) -> {
            if (!logger.equals(OURS) && !logger.startsWith(OURS + ".") && !isBelow(logger, levels)) {
                here.put(logger, level);
            }
        });
        levels.putAll(here);
        return levels;
    }

    private static boolean isBelow(String logger, Map<String, Integer> levels) {
        for (String at = logger; ; at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            if (levels.containsKey(at)) {
                return true;
            } else if (at.isEmpty()) {
                return false;
            }
        }
    }
}
