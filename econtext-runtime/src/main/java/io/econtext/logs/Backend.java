package io.econtext.logs;

import io.econtext.broker.LogLine;
import io.econtext.broker.LoggedThrowable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this program logs with. Safe for use by several threads. */
interface Backend {
    /** What the loggers of a context are called here. */
    String PREFIX = "econtext.ctx.";

    /** From which level on each logger of the context is wanted: numbers of {@code java.util.logging.Level}. */
    Map<String, Integer> levels(String context);

    /** Logs a line that came from a context, if it is wanted. */
    void log(LogLine line, @Nullable LoggedThrowable thrown);

    /** The name of the context's own logger: dots become underscores, so that it is one part of it. */
    static String name(String context) {
        return PREFIX + context.replace('.', '_');
    }

    /** The name of the logger here that a logger there leads to. */
    static String name(LogLine line) {
        String own = name(line.context());
        return line.logger().isEmpty() ? own : own + "." + line.logger();
    }
}
