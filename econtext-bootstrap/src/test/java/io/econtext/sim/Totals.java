package io.econtext.sim;

import java.util.Map;
import java.util.TreeMap;

/** What happened in all simulations together, to be printed once. */
final class Totals {
    private static final int STEP = 10;

    int seeds;
    long events;
    private int contexts;
    private int most;
    private final Map<Integer, Integer> sizes = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** A tree that had so many contexts at its largest. */
    void tree(int size) {
        seeds++;
        contexts += size;
        most = Math.max(most, size);
        sizes.merge((size - 1) / STEP, 1, Integer::sum);
    }

    String text(long millis) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%d seeds, %d events, %d contexts (at most %d in a tree) in %.1f s%n",
                seeds, events, contexts, most, millis / 1000.0));
        sizes.forEach((size, n) -> text.append(
                String.format("  trees of %2d to %2d contexts: %5d%n", size * STEP + 1, (size + 1) * STEP, n)));
        counts.forEach((what, n) -> text.append(String.format("  %-28s %8d%n", what, n)));
        return text.toString();
    }
}
