package io.econtext.spring.history;

import io.econtext.broker.BrokerListener;
import io.econtext.broker.LogLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The log lines that came last, over all contexts, as far as they aren't too long.
 *
 * <p>Safe for use by any number of threads; each holds it for a moment only.
 */
public final class RecentLogs implements BrokerListener {
    /** What all lines together may have: a context can write long ones. */
    static final int MAX_CHARACTERS = 4 << 20;

    private final int capacity;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private int characters;

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
            lines.addLast(line);
            characters += characters(line);
            while (lines.size() > capacity || characters > MAX_CHARACTERS) {
                characters -= characters(lines.removeFirst());
            }
        }
    }

    private static int characters(LogLine line) {
        String throwable = line.throwable();
        return line.thread().length()
                + line.message().length()
                + (throwable == null ? 0 : throwable.length())
                + line.markers().stream().mapToInt(String::length).sum()
                + characters(line.mdc())
                + characters(line.keyValues());
    }

    private static int characters(Map<String, String> entries) {
        return entries.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
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
