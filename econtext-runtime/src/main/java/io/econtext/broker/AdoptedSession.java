package io.econtext.broker;

import io.econtext.Way;
import java.util.concurrent.CompletableFuture;

/** The life of a context that code in another one starts: all there is to do here is to wait for its hello. */
final class AdoptedSession extends ViaSession {
    AdoptedSession(ControlledContext context, Way way, ControlledContext via) {
        super(context, way, via);
    }

    /** It boots, behind {@code starter}. */
    void follow(Session starter, int leased) {
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
