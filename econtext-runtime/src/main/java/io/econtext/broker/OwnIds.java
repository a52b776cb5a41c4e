package io.econtext.broker;

/** The ids for children that code in one context starts: leased in blocks, each given once. Safe for use by any thread. */
final class OwnIds {
    static final String SPENT = "code in '%s' has started %d contexts in its life, which is the limit";

    private static final int BLOCK = 64;
    /** A block is a route that every context on the way there keeps. */
    private static final int MAX = 100 * BLOCK;

    private int given;
    private int next;

    /** @throws IllegalStateException if there were too many */
    synchronized int next(Session parent) {
        if (given == MAX) {
            throw new IllegalStateException(SPENT.formatted(parent.context.name(), MAX));
        }
        if (given % BLOCK == 0) {
            next = parent.broker.tree.lease(parent, BLOCK);
        }
        given++;
        return next++;
    }
}
