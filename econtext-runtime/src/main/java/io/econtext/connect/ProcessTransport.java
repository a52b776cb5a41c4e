package io.econtext.connect;

import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.parent.BootDialog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process: a thread each for its stdout and stderr, and one that writes, started when it first has to.
 *
 * <p>The end is the end of stdout: then the exit status is waited for, and stderr drained, for a second at most, as a
 * daemon may hold either for ever.
 */
final class ProcessTransport implements Transport {
    /** Longer transfers by a pipe's stream go through malloc. */
    private static final int SLICE = 8192;

    private static final long LAST_MILLIS = 1000;
    private static final long KILL_MILLIS = 2000;

    private final TransportEvents events;
    /** Events come one after the other though two threads read. */
    private final Object telling = new Object();

    private Process process;
    private OutputStream stdin;
    private Thread err;
    private Thread writer;
    private ByteBuffer pending;
    private WriteListener done;
    private boolean closed;

    ProcessTransport(TransportEvents events) {
        this.events = events;
    }

    void start(ProcessBuilder builder) throws IOException {
        process = builder.start();
        stdin = process.getOutputStream();
        err = thread("err", this::readErr);
        thread("out", this::readOut);
    }

    private Thread thread(String role, Runnable task) {
        Thread thread = new Thread(task, "econtext-local-" + role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void readOut() {
        synchronized (telling) {
            events.started();
        }
        byte[] b = new byte[SLICE];
        try (InputStream in = process.getInputStream()) {
            int n;
            while ((n = in.read(b)) >= 0) {
                synchronized (telling) {
                    events.out(b, 0, n);
                }
            }
        } catch (IOException e) {
            // Closed here; what follows is the same.
        }
        String reason = "ended its output and goes on";
        try {
            if (process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                reason = BootDialog.ending(process.exitValue());
            }
            err.join(LAST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (telling) {
            events.ended(reason);
        }
        close();
    }

    private void readErr() {
        byte[] b = new byte[SLICE];
        try (InputStream in = process.getErrorStream()) {
            int n;
            while ((n = in.read(b)) >= 0) {
                synchronized (telling) {
                    events.err(b, 0, n);
                }
            }
        } catch (IOException e) {
            // Closed here, or the process is gone: its end is told by the reader of stdout.
        }
    }

    @Override
    public synchronized void write(ByteBuffer data, WriteListener listener) {
        pending = data;
        done = listener;
        if (writer == null) {
            writer = thread("writer", this::write);
        }
        notifyAll();
    }

    private void write() {
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
                    stdin.write(b, at, Math.min(SLICE, end - at));
                }
                stdin.flush();
            } catch (IOException e) {
                failure = e;
            }
            listener.written(failure);
        }
    }

    @Override
    public boolean canWriteNow() {
        return true;
    }

    @Override
    public void writeNow(byte[] data) throws IOException {
        stdin.write(data);
        stdin.flush();
    }

    @Override
    public void endInput() {
        // on a thread of its own, as who writes to what does not read has the stream's lock
        thread("end", () -> {
            try {
                stdin.close();
            } catch (IOException e) {
                // It is gone.
            }
        });
    }

    /** TERM, then KILL for what does not end by it. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed || process == null) {
                return;
            }
            closed = true;
            notifyAll();
        }
        if (process.isAlive()) {
            // ends what may not be signalled
            endInput();
            process.destroy();
            CompletableFuture.delayedExecutor(KILL_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        process.destroyForcibly();
                    });
        }
        try {
            // A write that waits for the process to read ends by this.
            process.getInputStream().close();
        } catch (IOException e) {
            // Gone already.
        }
    }
}
