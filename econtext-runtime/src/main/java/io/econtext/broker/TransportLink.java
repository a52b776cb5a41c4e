package io.econtext.broker;

import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A link over a {@link Transport}: one write in flight, the next from its completion.
 *
 * <p>Until {@link #open} the boot's own bytes have the stream, and messages wait.
 */
final class TransportLink extends Link {
    static final String NOT_WRITTEN = "write failed: ";

    private static final int BUFFER = 2 * (Message.HEADER + Message.FRAGMENT);

    private final Object gate = new Object();
    private final Consumer<String> failed;
    /** Replaced with the link's lock held. */
    private volatile Transport transport;

    private byte[] buffer;
    private boolean open;
    private boolean wanted;

    /** @param failed told, perhaps with its lock held, why nothing can be written any more; the end is near then */
    TransportLink(Router router, int id, int maxMessage, Transport transport, Consumer<String> failed) {
        super(router, id, id, maxMessage);
        this.transport = transport;
        this.failed = failed;
    }

    void arrived(byte[] bytes, int offset, int length) {
        received(bytes, offset, length);
    }

    /** The boot's own bytes are written: messages may follow. */
    void open() {
        boolean write;
        synchronized (gate) {
            open = true;
            write = wanted;
        }
        if (write) {
            pump();
        }
    }

    /**
     * Sends a message by the transport so far, and all others by another one.
     *
     * @param millis how long it may take until nothing else is being written
     * @return whether that was done; the link has failed otherwise
     */
    synchronized boolean moveTo(Transport next, Message last, int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (!flush(millis) || System.nanoTime() - end >= 0 || !send(last)) {
            return false;
        }
        // The message is handed over already: what is taken from the queue after it goes there.
        transport = next;
        return true;
    }

    void endInput() {
        transport.endInput();
    }

    @Override
    protected boolean canWriteNow() {
        return open && transport.canWriteNow();
    }

    @Override
    protected void writeNow(byte[] frame) {
        try {
            transport.writeNow(frame);
        } catch (IOException e) {
            failed.accept(NOT_WRITTEN + e.getMessage());
        }
    }

    @Override
    protected void wakeWriter() {
        synchronized (gate) {
            wanted = true;
            if (!open) {
                return;
            }
        }
        pump();
    }

    private void pump() {
        if (buffer == null) {
            buffer = new byte[BUFFER];
        }
        int n = next(buffer);
        if (n > 0) {
            transport.write(ByteBuffer.wrap(buffer, 0, n), this::written);
        }
    }

    private void written(Throwable failure) {
        if (failure == null) {
            pump();
        } else {
            failed.accept(NOT_WRITTEN + failure.getMessage());
        }
    }

    @Override
    protected void close() {
        transport.close();
    }
}
