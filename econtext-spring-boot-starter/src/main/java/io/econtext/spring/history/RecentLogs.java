package io.econtext.spring.history;

import io.econtext.broker.BrokerListener;
import io.econtext.broker.LogLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The log lines that came last, over all contexts.
 *
 * <p>Safe for use by any number of threads; each holds it for a moment only.
 */
public final class RecentLogs implements BrokerListener {
    private final int capacity;
    private final Deque<LogLine> lines = new ArrayDeque<>();

    /** @param capacity how many are kept; none if 0 */
    public RecentLogs(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void logged(LogLine line) {
        if (capacity == 0) {
            return;
        }
        synchronized (lines) {
            if (lines.size() == capacity) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
    }

    /** Those that {@code wanted} is true of, oldest first. */
    public List<LogLine> lines(Predicate<LogLine> wanted) {
        List<LogLine> copy;
        synchronized (lines) {
            copy = List.copyOf(lines);
        }
        return copy.stream().filter(wanted).toList();
    }
}
