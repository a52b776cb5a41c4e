package io.econtext.broker;

import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A link over a {@link Transport}: one write in flight, the next from its completion.
 *
 * <p>Until {@link #open} the boot's own bytes have the stream, and messages wait.
 */
final class TransportLink extends Link {
    private static final int BUFFER = 2 * (Message.HEADER + Message.FRAGMENT);

    private final Transport transport;
    private byte[] buffer;
    private boolean open;
    private boolean wanted;

    TransportLink(Router router, int first, int last, int maxMessage, Transport transport) {
        super(router, first, last, maxMessage);
        this.transport = transport;
    }

    void arrived(byte[] bytes, int offset, int length) {
        received(bytes, offset, length);
    }

    /** The boot's own bytes are written: messages may follow. */
    void open() {
        boolean write;
        synchronized (transport) {
            open = true;
            write = wanted;
        }
        if (write) {
            pump();
        }
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
            end("write failed: " + e.getMessage());
        }
    }

    @Override
    protected void wakeWriter() {
        synchronized (transport) {
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
            end("write failed: " + failure.getMessage());
        }
    }

    @Override
    protected void close() {
        transport.close();
    }
}
