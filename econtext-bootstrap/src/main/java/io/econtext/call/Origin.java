package io.econtext.call;

import io.econtext.ContextOptions;
import io.econtext.core.Router;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** The side that calls, with all that its calls share: a controller, or a context that has descendants. Immutable. */
public final class Origin {
    public final Router router;
    public final ValueCodec values;
    public final CallThreads threads;
    final LambdaBodies bodies;
    final CallEncoder encoder;
    private final ToIntFunction<ClassLoader> loaders;
    final int maxMessage;

    /**
     * @param loaders gives the number by which messages name an application's loader
     * @param bodies what can look into lambdas, or {@code null}
     * @param maxMessage most bytes of a message
     */
    public Origin(
            Router router,
            ValueCodec values,
            ToIntFunction<ClassLoader> loaders,
            LambdaBodies bodies,
            CallThreads threads,
            int maxMessage) {
        this.router = router;
        this.values = values;
        this.loaders = loaders;
        this.bodies = bodies;
        this.threads = threads;
        this.maxMessage = maxMessage;
        encoder = new CallEncoder(values, loaders);
    }

    /** The same side, for calls of a context with these options. */
    public Origin of(ContextOptions options) {
        return options.hasValuesByJackson()
                ? new Origin(router, values.byJackson(), loaders, bodies, threads, maxMessage)
                : this;
    }

    /** A duration as messages have it. */
    public static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }
}
