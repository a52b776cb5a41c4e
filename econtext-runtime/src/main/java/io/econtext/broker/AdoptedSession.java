package io.econtext.broker;

import io.econtext.Way;
import java.util.concurrent.CompletableFuture;

/** The life of a context that code in another one starts: all there is to do here is to wait for its hello. */
final class AdoptedSession extends ViaSession {
    private final Session starter;

    AdoptedSession(ControlledContext context, Way way, ControlledContext via, Session starter) {
        super(context, way, via, starter.logs.queuedBytes);
        this.starter = starter;
    }

    /** It boots, behind its starter. */
    void follow(int leased) {
        isBehind(starter, leased);
        CompletableFuture<?> boot = up.thenRun(() -> {
            starter.isParent();
            writable.complete(null);
        });
        broker.after(way.options().connectTimeout().plus(MARGIN), () -> fail(timedOut()), boot);
    }

    @Override
    void start() {}
}
