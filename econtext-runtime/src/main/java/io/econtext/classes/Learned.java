package io.econtext.classes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What calls of each method made contexts load, by names without the number of a loader: an application that is redeployed
 * needs much the same. The least used are forgotten. Safe for use by several threads.
 */
final class Learned {
    private static final int MOST_METHODS = 1000;
    private static final int MOST_NAMES = 100_000;

    private final Map<String, Set<String>> byMethod = new LinkedHashMap<>(64, 0.75f, true);
    private int names;

    /** Nothing if no such call was ever seen. */
    synchronized List<String> of(String method) {
        return new ArrayList<>(byMethod.getOrDefault(method, Set.of()));
    }

    synchronized void add(String method, Collection<String> loaded) {
        Set<String> known = byMethod.computeIfAbsent(method, any -> new LinkedHashSet<>());
        for (String name : loaded) {
            names += known.add(name) ? 1 : 0;
        }
        Iterator<Set<String>> oldest = byMethod.values().iterator();
        while ((byMethod.size() > MOST_METHODS || names > MOST_NAMES) && oldest.hasNext()) {
            names -= oldest.next().size();
            oldest.remove();
        }
    }
}
