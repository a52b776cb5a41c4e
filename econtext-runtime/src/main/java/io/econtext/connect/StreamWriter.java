package io.econtext.connect;

import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes to a stream that blocks, on a thread of its own that is started when it first has to. Safe for use by any thread. */
final class StreamWriter {
    /** Longer transfers by a pipe's stream go through malloc. */
    private static final int SLICE = 8192;

    private final OutputStream out;
    private final String name;
    private Thread thread;
    private ByteBuffer pending;
    private WriteListener done;
    private boolean closed;

    /** @param name of the thread */
    StreamWriter(OutputStream out, String name) {
        this.out = out;
        this.name = name;
    }

    synchronized void write(ByteBuffer data, WriteListener listener) {
        pending = data;
        done = listener;
        if (thread == null) {
            thread = new Thread(this::run, name);
            // not the class loader of an application, which may be replaced
            thread.setContextClassLoader(StreamWriter.class.getClassLoader());
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    private void run() {
        while (true) {
            ByteBuffer data;
            WriteListener listener;
            synchronized (this) {
                while (pending == null) {
                    if (closed) {
                        return;
                    }
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                data = pending;
                listener = done;
                pending = null;
            }
            IOException failure = null;
            try {
                byte[] b = data.array();
                int end = data.arrayOffset() + data.limit();
                for (int at = data.arrayOffset() + data.position(); at < end; at += SLICE) {
                    out.write(b, at, Math.min(SLICE, end - at));
                }
                out.flush();
            } catch (IOException e) {
                failure = e;
            }
            listener.written(failure);
        }
    }

    /** The thread ends when what it was given is written. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
