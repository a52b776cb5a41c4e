package io.econtext.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Starts sessions, so many at a time, and by one parent no more than half of its workers may; others wait for their turn.
 * Safe for use by any thread.
 */
final class Starting {
    private final Executor executor;
    private final int max;
    private final ArrayDeque<Session> waiting = new ArrayDeque<>();
    private final List<Session> starting = new ArrayList<>();

    Starting(Executor executor, int max) {
        this.executor = executor;
        this.max = max;
    }

    /** Starts it now, or when one of those that are starting is up. */
    void start(Session session) {
        synchronized (waiting) {
            waiting.add(session);
            if (!hasTurn(session)) {
                session.context.progressed(session, ConnectPhase.WAITING_FOR_TURN);
            }
        }
        session.up.whenComplete((info, failure) -> settled(session));
        startNext();
    }

    private void startNext() {
        Session next;
        synchronized (waiting) {
            next = waiting.stream().filter(this::hasTurn).findFirst().orElse(null);
            if (next == null) {
                return;
            }
            waiting.remove(next);
            starting.add(next);
        }
        next.context.progressed(next, ConnectPhase.STARTING);
        next.start();
    }

    private boolean hasTurn(Session session) {
        ControlledContext parent = session.startedBy();
        int most = parent == null ? max : Math.max(1, parent.way().options().workers() / 2);
        long now = starting.stream()
                .filter(other -> parent != null && other.startedBy() == parent)
                .count();
        return starting.size() < max && now < most;
    }

    private void settled(Session session) {
        boolean waited;
        synchronized (waiting) {
            waited = waiting.remove(session);
            starting.remove(session);
        }
        if (waited) {
            // Given up: it ends where it would begin.
            session.start();
        }
        executor.execute(this::startNext);
    }
}
