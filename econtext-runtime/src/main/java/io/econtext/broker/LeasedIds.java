package io.econtext.broker;

/**
 * The ids for children of one context: leased in blocks, as a block is a route that every context on the way there keeps,
 * and each given once. Safe for use by any thread.
 */
final class LeasedIds {
    static final int BLOCK = 64;

    private int left;
    private int next;

    synchronized int next(Session parent) {
        if (left == 0) {
            next = parent.broker.tree.lease(parent, BLOCK);
            left = BLOCK;
        }
        left--;
        return next++;
    }
}
