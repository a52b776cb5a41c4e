package io.econtext.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A link over two blocking streams. {@link #run} is its reader; its writer is a thread that is started when something
 * first has to wait.
 */
public final class StreamLink extends Link implements Runnable {
    /** Longer transfers by a file stream go through malloc. */
    private static final int SLICE = 8192;

    /** Read by the reader alone, which alone may replace it. */
    public InputStream in;
    /** Replaced with the lock held, while nothing is being written. */
    public OutputStream out;

    private Thread writer;
    // Not private, as javac would make a method for each use by the writer.
    boolean turn;

    public StreamLink(Router router, int first, int last, int maxMessage, InputStream in, OutputStream out) {
        super(router, first, last, maxMessage);
        this.in = in;
        this.out = out;
    }

    @Override
    public void run() {
        String reason = "end of stream";
        try {
            byte[] b = new byte[SLICE];
            int n;
            while ((n = in.read(b)) >= 0) {
                received(b, 0, n);
            }
        } catch (Throwable e) {
            reason = e.toString();
        }
        end(reason);
    }

    @Override
    protected boolean canWriteNow() {
        return true;
    }

    @Override
    protected void writeNow(byte[] frame) {
        write(frame, frame.length);
    }

    void write(byte[] b, int length) {
        try {
            for (int at = 0; at < length; at += SLICE) {
                out.write(b, at, Math.min(SLICE, length - at));
            }
        } catch (IOException e) {
            end(e.toString());
        }
    }

    @Override
    protected void wakeWriter() {
        synchronized (this) {
            turn = true;
            if (writer == null) {
                writer = new Writer();
                writer.setDaemon(true);
                writer.start();
            }
            notifyAll();
        }
    }

    @Override
    protected void close() {
        // Closing a stream that another thread reads can block; the end of the process closes these.
        wakeWriter();
    }

    /** Writes what {@link #next} gives while it has its turn. */
    private final class Writer extends Thread {
        Writer() {
            super("econtext-writer");
        }

        @Override
        public void run() {
            byte[] b = new byte[Message.HEADER + Message.FRAGMENT];
            while (flush(0)) {
                synchronized (StreamLink.this) {
                    while (!turn) {
                        try {
                            StreamLink.this.wait();
                        } catch (InterruptedException e) {
                            // Nobody may interrupt a writer.
                        }
                    }
                    turn = false;
                }
                int n;
                while ((n = next(b)) > 0) {
                    write(b, n);
                }
            }
        }
    }
}
