package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that another thread waits at. Safe for any thread. */
public final class Replies extends Handler {
    private static final int PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    public Replies() {
        super(ANYONE);
    }

    @Override
    public void handle(Message message) {
        messages.add(message);
    }

    public Message next() throws InterruptedException {
        Message m = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(m).as("a message within %d s", PATIENCE_SECONDS).isNotNull();
        return m;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }
}
