package io.econtext.connect;

import io.econtext.ConnectFailedException;
import io.econtext.broker.TransportEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers what a transport tells, and that it kept the order.
 *
 * <p>Safe for use by several threads.
 */
class Recorder implements TransportEvents {
    private static final int SECONDS = 30;

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile String disorder;

    private void tell(boolean inOrder, Runnable event) {
        if (inside.incrementAndGet() != 1 || !inOrder || ended.isDone()) {
            disorder = "told out of order, or two at a time";
        }
        event.run();
        inside.decrementAndGet();
    }

    @Override
    public void started() {
        tell(!started.isDone(), () -> started.complete(null));
    }

    @Override
    public void failed(ConnectFailedException why) {
        tell(!started.isDone(), () -> {
            started.completeExceptionally(why);
            ended.completeExceptionally(why);
        });
    }

    @Override
    public void out(byte[] bytes, int offset, int length) {
        tell(started.isDone(), () -> out.write(bytes, offset, length));
    }

    @Override
    public void err(byte[] bytes, int offset, int length) {
        tell(started.isDone(), () -> err.write(bytes, offset, length));
    }

    @Override
    public void ended(String reason) {
        tell(started.isDone(), () -> ended.complete(reason));
    }

    Recorder awaitStart() throws Exception {
        started.get(SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** The reason of the end. */
    String awaitEnd() throws Exception {
        String reason = ended.get(SECONDS, TimeUnit.SECONDS);
        if (disorder != null) {
            throw new AssertionError(disorder);
        }
        return reason;
    }

    ConnectFailedException awaitFailure() throws InterruptedException, TimeoutException {
        try {
            ended.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (ConnectFailedException) e.getCause();
        }
        throw new AssertionError("it started, and ended: " + ended.join() + "\n" + out() + err());
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
