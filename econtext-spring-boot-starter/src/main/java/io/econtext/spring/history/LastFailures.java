package io.econtext.spring.history;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.BrokerListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Why each context was lost, the last time it was.
 *
 * <p>Safe for use by any number of threads, without waiting.
 */
public final class LastFailures implements BrokerListener {
    private final Clock clock;
    private final Map<String, Failure> byContext = new ConcurrentHashMap<>();

    /** What happened and when. */
    public record Failure(Instant time, String reason) {}

    /** Reads the time from the system. */
    public LastFailures() {
        this(Clock.systemUTC());
    }

    LastFailures(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        if (to == ContextState.LOST) {
            byContext.put(context.name(), new Failure(clock.instant(), reason == null ? "" : reason));
        }
    }

    /** The last failure of a context, or {@code null} if it never had one. */
    public @Nullable Failure of(String context) {
        return byContext.get(context);
    }
}
