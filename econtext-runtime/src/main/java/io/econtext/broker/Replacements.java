package io.econtext.broker;

import io.econtext.Call;
import io.econtext.load.Replaced;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has a context let go of applications that are gone here, so that its memory doesn't fill up with their classes; while
 * calls of one still run there, it is asked again. Safe for use by several threads.
 */
final class Replacements {
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Session session;
    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();
    private volatile long next = System.nanoTime();

    Replacements(Session session) {
        this.session = session;
    }

    /** Doesn't wait. */
    void release(Collection<Integer> more, long now) {
        gone.addAll(more);
        if (!gone.isEmpty() && now - next >= 0 && session.up.isDone() && !session.isOver()) {
            next = now + PAUSE_NANOS;
            session.broker.execute(() -> gone.forEach(this::release));
        }
    }

    private void release(int loader) {
        session.context
                .caller()
                .invokeAsync(Call.of(Replaced::release, loader), session)
                .whenComplete((released, failure) -> {
                    if (failure != null || released) {
                        gone.remove(loader);
                    }
                });
    }
}
