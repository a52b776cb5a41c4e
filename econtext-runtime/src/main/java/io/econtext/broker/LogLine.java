package io.econtext.broker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that a context logged or printed.
 *
 * @param context the context's name
 * @param logger the logger there; {@code stdout} or {@code stderr} for what was printed
 * @param level {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} or {@code TRACE}
 * @param time by the clock there
 * @param thread the thread there
 * @param message without line end; control characters are replaced
 * @param throwable the stack trace as text, or {@code null}
 * @param sequence its number; a gap means that lines were dropped
 * @param mdc the mapped diagnostic context of the thread there
 * @param keyValues what the statement gave with names, as SLF4J 2 lets it; values as text
 * @param markers the names of its markers
 */
public record LogLine(
        String context,
        String logger,
        String level,
        Instant time,
        String thread,
        String message,
        @Nullable String throwable,
        long sequence,
        Map<String, String> mdc,
        Map<String, String> keyValues,
        List<String> markers) {

    /** A line with nothing beside its text. */
    public LogLine(
            String context,
            String logger,
            String level,
            Instant time,
            String thread,
            String message,
            @Nullable String throwable,
            long sequence) {
        this(context, logger, level, time, thread, message, throwable, sequence, Map.of(), Map.of(), List.of());
    }
}
