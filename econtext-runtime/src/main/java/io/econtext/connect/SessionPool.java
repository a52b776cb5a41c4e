package io.econtext.connect;

import io.econtext.ConnectFailedException.Cancelled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of a connector: one for all contexts with the same target, more where a host limits their channels.
 *
 * <p>Safe for use by several threads; nobody is called back under its lock.
 */
final class SessionPool {
    /** How long a session without channels is kept for the next context. */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(10);

    /** Waits for a session: told once, unless it goes away before. */
    interface Waiter {
        /** A place for one channel, to be given back by {@link #release}. */
        void ready(SharedSession place);

        void failed(SshFailure why);
    }

    private final Engine engine;
    private final List<SharedSession> sessions = new ArrayList<>();
    private boolean closed;

    SessionPool(Engine engine) {
        this.engine = engine;
    }

    Threads threads() {
        return engine.threads();
    }

    void acquire(SshTarget target, Waiter waiter) {
        SharedSession place = null;
        boolean ready = false;
        boolean begin = false;
        synchronized (this) {
            if (!closed) {
                place = find(target);
                begin = place == null;
                if (begin) {
                    place = new SharedSession(target, this, engine);
                    sessions.add(place);
                }
                ready = place.session != null;
                if (ready) {
                    take(place);
                } else {
                    place.waiters.add(waiter);
                }
            }
        }
        if (place == null) {
            waiter.failed(new SshFailure(Cancelled::new, SshTransport.CONNECTOR_CLOSED));
        } else if (ready) {
            waiter.ready(place);
        } else if (begin) {
            place.opening.start();
        }
    }

    private SharedSession find(SshTarget target) {
        for (SharedSession session : sessions) {
            if (session.target.equals(target) && session.hasRoom()) {
                return session;
            }
        }
        return null;
    }

    private static void take(SharedSession place) {
        place.taken++;
        if (place.idle != null) {
            place.idle.cancel(false);
            place.idle = null;
        }
    }

    /** The session of a place is made. */
    void opened(SharedSession place, MinaSession session) {
        List<Waiter> waiters;
        boolean unwanted;
        synchronized (this) {
            place.session = session;
            waiters = List.copyOf(place.waiters);
            place.waiters.clear();
            place.taken = waiters.size();
            unwanted = waiters.isEmpty() || closed;
        }
        session.addCloseFutureListener(ended -> remove(place));
        if (unwanted) {
            session.end("given up");
        }
        waiters.forEach(waiter -> waiter.ready(place));
    }

    void failed(SharedSession place, SshFailure why) {
        remove(place).forEach(waiter -> waiter.failed(why));
    }

    private synchronized List<Waiter> remove(SharedSession place) {
        sessions.remove(place);
        List<Waiter> waiters = List.copyOf(place.waiters);
        place.waiters.clear();
        return waiters;
    }

    /** Waits no more; a session that nobody else waits for isn't made. */
    void abandon(Waiter waiter) {
        SharedSession unwanted = null;
        synchronized (this) {
            for (SharedSession place : sessions) {
                if (place.waiters.remove(waiter) && place.waiters.isEmpty()) {
                    unwanted = place;
                }
            }
            sessions.remove(unwanted);
        }
        if (unwanted != null) {
            unwanted.opening.abort();
        }
    }

    /** What goes on, for the message of a time-out. */
    synchronized String phase(Waiter waiter) {
        for (SharedSession place : sessions) {
            if (place.waiters.contains(waiter)) {
                return place.opening.phase();
            }
        }
        return "opening a channel";
    }

    synchronized void channelOpened(SharedSession place) {
        place.open++;
    }

    /**
     * The host refused a channel: the place is given back.
     *
     * @return whether another session may help, as this one has other channels
     */
    synchronized boolean refused(SharedSession place) {
        if (place.open > 0) {
            place.limit = Math.min(place.limit, place.open);
        }
        giveBack(place);
        return place.open > 0;
    }

    /** The channel is closed. */
    synchronized void release(SharedSession place, boolean wasOpen) {
        if (wasOpen) {
            place.open--;
        }
        giveBack(place);
    }

    private void giveBack(SharedSession place) {
        if (--place.taken == 0 && !closed) {
            place.idle = threads().after(IDLE, () -> retire(place));
        }
    }

    private void retire(SharedSession place) {
        synchronized (this) {
            if (place.taken > 0) {
                return;
            }
            sessions.remove(place);
        }
        place.session.end("not needed any more");
    }

    void close() {
        List<SharedSession> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions);
        }
        SshFailure why = new SshFailure(Cancelled::new, SshTransport.CONNECTOR_CLOSED);
        for (SharedSession place : all) {
            place.opening.abort();
            failed(place, why);
            if (place.session != null) {
                place.session.end(why.getMessage());
            }
        }
    }
}
