package io.econtext.connect;

import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.parent.BootDialog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
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
    private final boolean here;
    /** Events come one after the other though two threads read. */
    private final Object telling = new Object();

    private Process process;
    private OutputStream stdin;
    private StreamWriter writer;
    private Thread err;
    private boolean closed;

    /** @param here whether what is started runs on this machine, as far as is known */
    ProcessTransport(TransportEvents events, boolean here) {
        this.events = events;
        this.here = here;
    }

    void start(ProcessBuilder builder) throws IOException {
        process = builder.start();
        stdin = process.getOutputStream();
        writer = new StreamWriter(stdin, "econtext-local-writer");
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
    }

    @Override
    public InetAddress peer() {
        return here ? InetAddress.getLoopbackAddress() : null;
    }

    /** Its stderr is still read: what a dying JVM says comes there. */
    @Override
    public void release() {
        writer.close();
        try {
            stdin.close();
        } catch (IOException e) {
            // Gone already.
        }
        closeStdout();
    }

    private void closeStdout() {
        try {
            // A write that waits for the process to read ends by this.
            process.getInputStream().close();
        } catch (IOException e) {
            // Gone already.
        }
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
    public void write(ByteBuffer data, WriteListener done) {
        writer.write(data, done);
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
        }
        writer.close();
        if (process.isAlive()) {
            // ends what may not be signalled
            endInput();
            process.destroy();
            CompletableFuture.delayedExecutor(KILL_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        process.destroyForcibly();
                    });
        }
        closeStdout();
    }
}
