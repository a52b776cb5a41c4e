package io.econtext.parent;

import io.econtext.core.Message;

/** A message that is taken by the duty's thread, as the reader it came by must not wait. */
final class Later implements Runnable {
    private final Taker taker;
    private final Message message;

    Later(Taker taker, Message message) {
        this.taker = taker;
        this.message = message;
    }

    @Override
    public void run() {
        taker.later(message);
    }

    /** Takes messages on the duty's thread. */
    interface Taker {
        void later(Message message);
    }
}
