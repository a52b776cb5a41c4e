package io.econtext.broker;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Starts sessions, so many at a time; others wait for their turn. Safe for use by any thread. */
final class Starting {
    private final Executor executor;
    private final int max;
    private final ArrayDeque<Session> waiting = new ArrayDeque<>();
    private int starting;

    Starting(Executor executor, int max) {
        this.executor = executor;
        this.max = max;
    }

    /** Starts it now, or when one of those that are starting is up. */
    void start(Session session) {
        synchronized (waiting) {
            waiting.add(session);
            if (starting >= max) {
                session.context.progressed(session, ConnectPhase.WAITING_FOR_TURN);
            }
        }
        session.up.whenComplete((info, failure) -> settled(session));
        startNext();
    }

    private void startNext() {
        Session next;
        synchronized (waiting) {
            next = starting < max ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            starting++;
        }
        next.context.progressed(next, ConnectPhase.STARTING);
        next.start();
    }

    private void settled(Session session) {
        boolean waited;
        synchronized (waiting) {
            waited = waiting.remove(session);
            starting -= waited ? 0 : 1;
        }
        if (waited) {
            // Given up: it ends where it would begin.
            session.start();
        }
        executor.execute(this::startNext);
    }
}
