package io.econtext.parent;

import io.econtext.core.Link;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Contexts that are remembered for a link until that is lost. Safe for any thread. */
final class PerLink {
    private final Map<Link, Set<Integer>> contexts = new ConcurrentHashMap<>();

    Set<Integer> of(Link link) {
        Set<Integer> set = contexts.get(link);
        if (set == null) {
            set = Collections.newSetFromMap(new ConcurrentHashMap<Integer, Boolean>());
            // only what comes by the link asks for it, one at a time
            contexts.put(link, set);
            forgetLost(link, contexts);
        }
        return set;
    }

    /** A link may be lost while something is put under it, which nobody would remove any more. */
    static void forgetLost(Link link, Map<Link, ?> things) {
        if (!link.flush(0)) {
            things.remove(link);
        }
    }

    Iterable<Map.Entry<Link, Set<Integer>>> entries() {
        return contexts.entrySet();
    }

    void remove(Link link) {
        contexts.remove(link);
    }

    int size() {
        return contexts.size();
    }
}
