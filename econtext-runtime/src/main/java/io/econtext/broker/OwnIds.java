package io.econtext.broker;

/** The ids for children that code in one context starts, which are limited. Safe for use by any thread. */
final class OwnIds {
    static final String SPENT = "code in '%s' has started %d contexts in its life, which is the limit";

    private static final int MAX = 100 * LeasedIds.BLOCK;

    private int given;

    /** @throws IllegalStateException if there were too many */
    synchronized int next(Session parent) {
        if (given == MAX) {
            throw new IllegalStateException(SPENT.formatted(parent.context.name(), MAX));
        }
        given++;
        return parent.leasedIds.next(parent);
    }
}
