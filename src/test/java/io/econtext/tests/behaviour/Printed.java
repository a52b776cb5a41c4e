package io.econtext.tests.behaviour;

import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.logging.Level;

/** Keeps what contexts log and print. Safe for use by several threads. */
final class Printed implements LogSink {
    private final List<LogLine> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();

    @Override
    public int level(String context) {
        return Level.FINE.intValue();
    }

    @Override
    public void logged(LogLine line) {
        lines.add(line);
    }

    @Override
    public void dropped(String context, long number) {
        dropped.addAndGet(number);
    }

    long dropped() {
        return dropped.get();
    }

    void clear() {
        lines.clear();
    }

    List<LogLine> lines(Predicate<LogLine> wanted) {
        return lines.stream().filter(wanted).toList();
    }

    /** The messages of a logger, or of {@code stdout} or {@code stderr}. */
    List<String> of(String logger) {
        return lines.stream()
                .filter(line -> line.logger().equals(logger))
                .map(LogLine::message)
                .toList();
    }
}
