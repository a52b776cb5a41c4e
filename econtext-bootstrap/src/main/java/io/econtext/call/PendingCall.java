package io.econtext.call;

import io.econtext.core.Handler;
import io.econtext.core.Message;
import java.util.concurrent.locks.LockSupport;

/**
 * A reply handle and who waits for it: a thread, or a callback, or once these have left, another callback.
 *
 * <p>The reply comes on the link's reader; it only wakes the thread or hands the callback to an executor.
 */
final class PendingCall extends Handler {
    private Thread waiter;
    private Runnable callback;
    private volatile Message message;
    private volatile String lost;

    /** For the calling thread to wait. */
    PendingCall(int peer) {
        super(peer);
        waiter = Thread.currentThread();
        callback = null;
    }

    /** @param callback runs once, on the thread that brings the outcome; must hand on whatever takes time */
    PendingCall(int peer, Runnable callback) {
        super(peer);
        waiter = null;
        this.callback = callback;
    }

    @Override
    public void handle(Message m) {
        end(m, null);
    }

    @Override
    public void lost(String reason) {
        end(null, reason);
    }

    /** The first outcome counts; a target that answers again is not heard. */
    private void end(Message m, String reason) {
        Thread waits;
        synchronized (this) {
            if (isDone()) {
                return;
            }
            message = m;
            lost = reason;
            waits = waiter;
        }
        if (waits != null) {
            LockSupport.unpark(waits);
        } else {
            callback.run();
        }
    }

    /** Has {@code instead} run in the place of whoever waited; does nothing if it is done. */
    synchronized boolean leave(Runnable instead) {
        if (isDone()) {
            return false;
        }
        waiter = null;
        callback = instead;
        return true;
    }

    boolean isDone() {
        return message != null || lost != null;
    }

    /** Waits until done, until {@code deadline} of {@link System#nanoTime}, or an interrupt. */
    void await(long deadline) throws InterruptedException {
        while (!isDone()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The reply, or {@code null}. */
    Message message() {
        return message;
    }

    /** Why there will be none, or {@code null}. */
    String lost() {
        return lost;
    }
}
