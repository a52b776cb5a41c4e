package io.econtext.call;

import io.econtext.core.Message;

/**
 * Hears how a call ended that was told to stop and that nobody waits for any more. Keeps nothing of the call but its name;
 * run once, on the thread that brings the outcome.
 */
final class Ending implements Runnable {
    private final Origin origin;
    private final Callee callee;
    private final Target target;
    private final int number;
    private final int handle;
    private final PendingCall pending;

    Ending(Origin origin, Callee callee, Target target, int number, int handle, PendingCall pending) {
        this.origin = origin;
        this.callee = callee;
        this.target = target;
        this.number = number;
        this.handle = handle;
        this.pending = pending;
    }

    @Override
    public void run() {
        origin.router.unregister(handle);
        origin.threads.execute(this::tell);
    }

    private void tell() {
        Message m = pending.message();
        if (m != null && !m.isBounced() && m.body.length >= Attempt.HEADER) {
            callee.stopped(target, Attempt.wasInterrupted(m.body));
        }
        callee.over(number);
    }
}
