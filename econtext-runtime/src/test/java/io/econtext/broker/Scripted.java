package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.connect.InProcessConnector;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts contexts in this JVM, each when and as the test says. Safe for use by several threads. */
final class Scripted implements Connector<InProcess> {
    private static final int PATIENCE_SECONDS = 60;

    private final InProcessConnector real = new InProcessConnector();
    private final BlockingQueue<Line> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean free;

    @Override
    public Class<InProcess> way() {
        return InProcess.class;
    }

    @Override
    public boolean runsCommands() {
        return false;
    }

    @Override
    public Transport start(InProcess way, String answer, TransportEvents events) {
        starts.incrementAndGet();
        open.incrementAndGet();
        Line line = new Line(way, answer, events);
        if (free) {
            line.go();
        } else {
            begun.add(line);
        }
        return line;
    }

    /** From now on all are started without a word of the test. */
    void letAllGo() {
        free = true;
    }

    /** The next that is to be started; waits for it. */
    Line next() throws InterruptedException {
        Line line = begun.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("a start").isNotNull();
        return line;
    }

    /** Whether nothing is to be started that {@link #next} did not return. */
    boolean isIdle() {
        return begun.isEmpty();
    }

    int starts() {
        return starts.get();
    }

    /** How many transports are neither closed nor have failed or ended. */
    int open() {
        return open.get();
    }

    /** One start, and what becomes of it. */
    final class Line implements Transport, TransportEvents {
        private final InProcess way;
        private final String answer;
        private final TransportEvents events;
        private Transport transport;
        private boolean begun;
        private boolean over;

        private Line(InProcess way, String answer, TransportEvents events) {
            this.way = way;
            this.answer = answer;
            this.events = events;
        }

        String name() {
            return way.name();
        }

        /** Starts the context. */
        synchronized void go() {
            if (!over) {
                // What it tells waits until this is done.
                transport = real.start(way, answer, this);
            }
        }

        /** Says that it is being started, and no more. */
        void goSilently() {
            started();
        }

        /** Can't be started. */
        @Override
        public synchronized void failed(ConnectFailedException why) {
            if (end()) {
                events.failed(why);
            }
        }

        void fail() {
            failed(new ConnectFailedException.Refused(way.address(), "nothing listens there", List.of(), null));
        }

        /** Is cut off. */
        void cut(String reason) {
            ended(reason);
            closeReal();
        }

        private boolean end() {
            if (over) {
                return false;
            }
            over = true;
            open.decrementAndGet();
            return true;
        }

        @Override
        public synchronized void started() {
            if (!over) {
                begun = true;
                events.started();
            }
        }

        @Override
        public synchronized void out(byte[] bytes, int offset, int length) {
            if (!over) {
                events.out(bytes, offset, length);
            }
        }

        @Override
        public synchronized void err(byte[] bytes, int offset, int length) {
            if (!over) {
                events.err(bytes, offset, length);
            }
        }

        @Override
        public synchronized void ended(String reason) {
            if (end()) {
                events.ended(reason);
            }
        }

        @Override
        public void write(ByteBuffer data, WriteListener done) {
            Transport to;
            synchronized (this) {
                to = transport;
            }
            if (to != null) {
                to.write(data, done);
            }
        }

        @Override
        public void close() {
            boolean told;
            synchronized (this) {
                told = end();
            }
            if (told && begun) {
                events.ended("closed here");
            } else if (told) {
                events.failed(new ConnectFailedException.Cancelled(way.address(), "closed here", List.of(), null));
            }
            closeReal();
        }

        private void closeReal() {
            Transport to;
            synchronized (this) {
                to = transport;
            }
            if (to != null) {
                to.close();
            }
        }
    }
}
