package io.econtext.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * A session that contexts share, or that is being made for those who wait.
 *
 * <p>Guarded by its {@link SessionPool}; the session is set before anyone gets a place in it.
 */
final class SharedSession {
    final SshTarget target;
    final Opening opening;
    final List<SessionPool.Waiter> waiters = new ArrayList<>();
    MinaSession session;
    /** Places that are taken, and those whose channel is open. */
    int taken;

    int open;
    /** How many channels the host allows, once it has refused one. */
    int limit = Integer.MAX_VALUE;

    Future<?> idle;

    SharedSession(SshTarget target, SessionPool pool, Engine engine) {
        this.target = target;
        this.opening = new Opening(this, pool, engine);
    }

    boolean hasRoom() {
        return session == null || session.isOpen() && taken < limit;
    }
}
