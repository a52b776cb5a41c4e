package io.econtext.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where log lines of contexts go. Found as a service. Called by one thread per context, which it may block a while. */
public interface LogSink {

    /** The least urgent level that is wanted from the context: a number of {@code java.util.logging.Level}. */
    int level(String context);

    /**
     * The same by logger of the context; a logger that isn't named has the level of the nearest above it, up to the empty
     * name. Asked for when a context is started and ten times a second from then on, so that it follows; by default
     * {@link #level} for all.
     */
    default Map<String, Integer> levels(String context) {
        return Map.of("", level(context));
    }

    void logged(LogLine line);

    /** The same with what was thrown, which the line has as text; by default {@link #logged(LogLine)}. */
    default void logged(LogLine line, @Nullable LoggedThrowable thrown) {
        logged(line);
    }

    /** Lines were dropped, here or on the way, because they came faster than they could be taken. */
    void dropped(String context, long lines);
}
