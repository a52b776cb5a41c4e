package io.econtext.broker;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one context did, over all its lives. Safe for use by any thread. */
final class Tally {
    private final LongAdder calls = new LongAdder();
    private final LongAdder failedCalls = new LongAdder();
    private final LongAdder stuckCalls = new LongAdder();
    private final LongAdder classRequests = new LongAdder();
    private final LongAdder classesForwarded = new LongAdder();
    private final LongAdder classesPushed = new LongAdder();
    private final LongAdder classesHit = new LongAdder();

    void called(boolean failed) {
        calls.increment();
        if (failed) {
            failedCalls.increment();
        }
    }

    void stuck() {
        stuckCalls.increment();
    }

    /** It asked for one, and was sent so many. */
    void answered(int classes) {
        classRequests.increment();
        classesForwarded.add(classes);
        classesPushed.add(Math.max(0, classes - 1));
    }

    void pushed(int classes) {
        classesForwarded.add(classes);
        classesPushed.add(classes);
    }

    /** So many of those that were pushed were loaded. */
    void hit(int classes) {
        classesHit.add(classes);
    }

    ContextCounters with(@Nullable Session now, long refused) {
        boolean linked = now != null && now.link() != null;
        long hits = classesHit.sum(); // before what it is a part of
        long pushed = classesPushed.sum();
        return new ContextCounters(
                calls.sum(),
                failedCalls.sum(),
                stuckCalls.sum(),
                linked ? now.bytesIn() : 0,
                linked ? now.bytesOut() : 0,
                classRequests.sum(),
                classesForwarded.sum(),
                pushed,
                hits,
                pushed - hits,
                now == null ? 0 : now.logs.lines(),
                now == null ? 0 : now.logs.dropped(),
                refused);
    }
}
