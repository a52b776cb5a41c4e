package io.econtext.core;

import java.util.concurrent.locks.LockSupport;

/** A one-shot handle and the thread that waits for what comes to it. */
public final class Reply extends Handler {
    private final Router router;
    private final Thread waiter = Thread.currentThread();
    public final int handle;
    private volatile Message message;
    private volatile String lost;

    public Reply(Router router, int peer) {
        super(peer);
        this.router = router;
        handle = router.register(this);
    }

    @Override
    public void handle(Message m) {
        message = m;
        LockSupport.unpark(waiter);
    }

    @Override
    public void lost(String reason) {
        lost = reason;
        LockSupport.unpark(waiter);
    }

    /**
     * Waits for the message; interrupts are kept for later.
     *
     * @throws LinkException if none comes within the time, or ever
     */
    public Message await(long millis) {
        long end = System.nanoTime() + millis * 1000000;
        boolean interrupted = false;
        while (message == null && lost == null) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                lost = "no answer within " + millis + " ms";
            }
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            waiter.interrupt();
        }
        router.unregister(handle);
        if (message == null) {
            throw new LinkException(lost);
        }
        if (message.isBounced()) {
            throw new LinkException(Text.string(message.body));
        }
        return message;
    }
}
