package io.econtext.spring.actuate;

import io.econtext.broker.LogLine;
import io.econtext.spring.history.LogLevels;
import io.econtext.spring.history.RecentLogs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code econtextlogs}. Safe for use by any number of threads. */
@Endpoint(id = "econtextlogs")
public final class EcontextLogsEndpoint {
    private final RecentLogs logs;

    /** Shows what these keep. */
    public EcontextLogsEndpoint(RecentLogs logs) {
        this.logs = logs;
    }

    /**
     * The lines that came last, oldest first.
     *
     * @param context only those of this context
     * @param level only those of this level or above
     */
    @ReadOperation
    public Lines lines(@Nullable String context, @Nullable String level) {
        return new Lines(logs.lines(line -> (context == null || context.equals(line.context()))
                && (level == null || LogLevels.isAtLeast(line, level))));
    }

    /** An object, so that more can be said later. */
    public record Lines(List<LogLine> lines) {}
}
