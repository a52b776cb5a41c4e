package io.econtext.connect;

import io.econtext.ConnectFailedException;
import io.econtext.broker.TransportEvents;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Tells events one after the other, whatever threads they come from, and nothing after the last.
 *
 * <p>The lock is never held while telling. The last event is told by the executor, never by the thread that caused it,
 * which may be within another event or hold locks of its own.
 */
final class EventGate {
    private final TransportEvents events;
    private final Executor executor;
    private boolean started;
    private boolean over;
    private boolean telling;
    private Runnable last;

    EventGate(TransportEvents events, Executor executor) {
        this.events = events;
        this.executor = executor;
    }

    void started() {
        if (enter()) {
            started = true;
            tell(events::started);
        }
    }

    void received(byte[] bytes, int offset, int length, boolean isError) {
        if (enter()) {
            tell(() -> {
                if (isError) {
                    events.err(bytes, offset, length);
                } else {
                    events.out(bytes, offset, length);
                }
            });
        }
    }

    /** Ends it, once: as a failure if it had not started, for a reason otherwise. */
    boolean end(Supplier<ConnectFailedException> failure, Supplier<String> reason) {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            last = () -> {
                if (started) {
                    events.ended(reason.get());
                } else {
                    events.failed(failure.get());
                }
            };
            if (telling) {
                return true;
            }
        }
        executor.execute(last);
        return true;
    }

    synchronized boolean isOver() {
        return over;
    }

    private synchronized boolean enter() {
        if (over) {
            return false;
        }
        telling = true;
        return true;
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } finally {
            boolean ended;
            synchronized (this) {
                telling = false;
                ended = over;
            }
            if (ended) {
                executor.execute(last);
            }
        }
    }
}
