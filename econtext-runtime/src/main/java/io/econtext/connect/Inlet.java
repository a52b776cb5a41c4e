package io.econtext.connect;

import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * What a writer that doesn't wait and a reader that does share: one buffer at a time.
 *
 * <p>Written to and closed by any thread, read by one. A listener runs on the thread that read the last of its buffer, or
 * that closed the stream.
 */
final class Inlet extends InputStream {
    private ByteBuffer data;
    private WriteListener listener;
    private boolean closed;

    void write(ByteBuffer bytes, WriteListener done) {
        synchronized (this) {
            if (!closed) {
                data = bytes;
                listener = done;
                notifyAll();
                return;
            }
        }
        done.written(new IOException("closed"));
    }

    @Override
    public int read(byte[] b, int offset, int length) throws IOException {
        int n;
        WriteListener done = null;
        synchronized (this) {
            while (data == null && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
            if (closed) {
                return -1;
            }
            n = Math.min(length, data.remaining());
            data.get(b, offset, n);
            if (!data.hasRemaining()) {
                data = null;
                done = listener;
            }
        }
        if (done != null) {
            done.written(null);
        }
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() {
        WriteListener done;
        synchronized (this) {
            closed = true;
            done = data == null ? null : listener;
            data = null;
            notifyAll();
        }
        if (done != null) {
            done.written(new IOException("closed"));
        }
    }
}
