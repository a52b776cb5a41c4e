package io.econtext.broker;

import io.econtext.core.Text;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What classes one JVM, or its cache, was sent, and which of them were needed. Safe for use by several threads. */
final class ClassTraffic {
    private static final int MOST_METHODS = 1000;
    /** Bytes of an answer; 10,000 keys are shorter. */
    private static final int MOST_LOADED = 1 << 20;

    /** To it, or to its cache once it is a parent. */
    final ClassServer.Sent sent = new ClassServer.Sent();

    private final Set<String> unused = ConcurrentHashMap.newKeySet();
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();
    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private volatile boolean changed;

    /** It has a cache from now on, where what it was sent before is not. */
    void hasCache() {
        sent.forget();
    }

    void pushed(Collection<String> keys) {
        unused.addAll(keys);
        changed |= !keys.isEmpty();
    }

    /** It asked for the first, and got all. */
    void answered(List<String> keys) {
        if (!keys.isEmpty()) {
            unused.remove(keys.get(0));
            unused.addAll(keys.subList(1, keys.size()));
            changed = true;
        }
    }

    /** Whether something was sent since this was asked last. */
    boolean isChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Whether this is the first call of the method, as far as that is remembered. */
    boolean isFirst(String method) {
        return called.size() < MOST_METHODS && called.add(method);
    }

    /** Says how many of these, which were loaded, had been pushed. */
    int used(Collection<String> keys) {
        int hits = 0;
        for (String key : keys) {
            hits += unused.remove(key) ? 1 : 0;
        }
        return hits;
    }

    /**
     * Notes what that JVM says that it loaded, but for what {@code keeper} was never sent, and returns it.
     *
     * @param lines a key in each; too many are ignored
     */
    List<String> loaded(byte[] lines, ClassTraffic keeper) {
        if (lines.length > MOST_LOADED) {
            return List.of();
        }
        List<String> honest = Text.string(lines)
                .lines()
                .filter(keeper.sent.keys()::contains)
                .distinct()
                .toList();
        loaded.addAll(honest);
        return honest;
    }

    /** All that it said to have loaded. */
    Set<String> loaded() {
        return loaded;
    }
}
