package io.econtext.classes;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What calls of each method made contexts load, by names without the number of a loader: an application that is redeployed
 * needs much the same. The least used are forgotten. Safe for use by several threads.
 */
final class Learned {
    static final Names NOTHING = new Names(0, List.of());
    /** Names of one method: what a context makes up must not take the place of what others need. */
    static final int MOST_OF_METHOD = 2000;

    private static final int MOST_METHODS = 1000;
    private static final int MOST_NAMES = 100_000;

    private final Map<String, Names> byMethod = new LinkedHashMap<>(64, 0.75f, true);
    private int names;
    private long version;

    /**
     * What was loaded, for the last call first. Immutable.
     *
     * @param version greater than that of all that was learned before
     */
    record Names(long version, List<String> all) {}

    /** Of calls of this method; nothing if none was ever seen. */
    synchronized Names of(String method) {
        return byMethod.getOrDefault(method, NOTHING);
    }

    synchronized void add(String method, Collection<String> loaded) {
        List<String> known = of(method).all;
        List<String> now = Stream.concat(loaded.stream(), known.stream())
                .distinct()
                .limit(MOST_OF_METHOD)
                .toList();
        if (now.equals(known)) {
            return;
        }
        byMethod.put(method, new Names(++version, now));
        names += now.size() - known.size();
        Iterator<Names> oldest = byMethod.values().iterator();
        while ((byMethod.size() > MOST_METHODS || names > MOST_NAMES) && oldest.hasNext()) {
            names -= oldest.next().all.size();
            oldest.remove();
        }
    }
}
