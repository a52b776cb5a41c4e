package io.econtext.broker;

import io.econtext.Backoff;
import io.econtext.ContextState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Connects a context again that was up and was lost, after a pause, where its options say so. One whose parent does the
 * same waits for that.
 *
 * <p>The context's lock guards everything; but for {@link #parentIsUp}, methods are called with it held.
 */
final class Reconnection {
    private final ControlledContext context;
    private final @Nullable Backoff pauses;
    /** It was up, and nobody closed it since. */
    private boolean wasUp;
    /** So it was since the last attempt began. */
    private boolean justUp;

    private long upSince;
    private int attempts;
    private @Nullable CompletableFuture<Void> pause;
    private boolean awaitsParent;

    Reconnection(ControlledContext context, @Nullable Backoff pauses) {
        this.context = context;
        this.pauses = pauses;
    }

    /** Whether it was up, and comes up again if an attempt succeeds. */
    boolean isAgain() {
        return wasUp;
    }

    /** Whether it is connected again without being asked. */
    boolean isWanted() {
        return wasUp && pauses != null;
    }

    void up() {
        wasUp = true;
        justUp = true;
        upSince = System.nanoTime();
    }

    void lost() {
        if (!isWanted()) {
            return;
        }
        // One that is lost again and again must not start from the shortest pause each time.
        if (justUp && System.nanoTime() - upSince > pauses.longest().toNanos()) {
            attempts = 0;
        }
        justUp = false;
        CompletableFuture<Void> next = new CompletableFuture<>();
        pause = next;
        double chance = ThreadLocalRandom.current().nextDouble();
        context.broker.after(pauses.before(attempts++, chance), () -> over(next), next);
    }

    /** An attempt begins, whoever wanted it. */
    void begun() {
        awaitsParent = false;
        if (pause != null) {
            pause.complete(null);
            pause = null;
        }
    }

    /** It was closed. */
    void stop() {
        begun();
        wasUp = false;
        attempts = 0;
    }

    private void over(CompletableFuture<Void> of) {
        ControlledContext via = context.via();
        synchronized (context) {
            if (pause != of) {
                return;
            }
            pause = null;
            awaitsParent = via != null && via.connectsAgain();
        }
        // Who comes up tells its children after it changed its state, so one of both sees the other.
        if (via == null || !via.connectsAgain() || via.state() == ContextState.CONNECTED) {
            context.connectAgain();
        }
    }

    void parentIsUp() {
        synchronized (context) {
            if (!awaitsParent) {
                return;
            }
        }
        context.connectAgain();
    }
}
