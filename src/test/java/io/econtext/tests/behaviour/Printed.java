package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.logging.Level;

/** Keeps what contexts log and print. Safe for use by several threads. */
final class Printed implements LogSink {
    private final List<LogLine> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Map<String, Integer> levels = Map.of("", Level.INFO.intValue());

    @Override
    public int level(String context) {
        return levels.get("");
    }

    @Override
    public Map<String, Integer> levels(String context) {
        return levels;
    }

    /** From now on contexts are to log this, by logger. */
    void wants(Map<String, Integer> byLogger) {
        levels = byLogger;
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

    /** The only line that has this text. */
    LogLine line(String message) {
        List<LogLine> found = lines(line -> line.message().equals(message));
        assertThat(found).as(message).hasSize(1);
        return found.get(0);
    }

    /** The messages of a logger, or of {@code stdout} or {@code stderr}. */
    List<String> of(String logger) {
        return lines.stream()
                .filter(line -> line.logger().equals(logger))
                .map(LogLine::message)
                .toList();
    }
}
