package io.econtext.tests.hostile;

import io.econtext.ContextOptions;
import io.econtext.Way;
import io.econtext.broker.Connector;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Leads to a {@link HostileChild} in this JVM. Immutable. */
record HostileWay(String name, ContextOptions options, Lie lie) implements Way {

    @Override
    public String address() {
        return "hostile:" + name;
    }

    /** Starts them. Safe for use by any thread. */
    static final class Starter implements Connector<HostileWay> {
        @Override
        public Class<HostileWay> way() {
            return HostileWay.class;
        }

        @Override
        public boolean runsCommands() {
            return false;
        }

        @Override
        public Transport start(HostileWay way, String answer, TransportEvents events) {
            Wire wire = new Wire(events);
            HostileChild child = new HostileChild(wire.new In(), wire.new Out(), answer, way.lie());
            Thread thread = new Thread(
                    () -> {
                        events.started();
                        child.run();
                        wire.close();
                        events.ended("the hostile child ended");
                    },
                    "hostile-" + way.name());
            thread.setDaemon(true);
            thread.start();
            return wire;
        }
    }

    /** The bytes both ways; what the child writes is read on its own thread. */
    private static final class Wire implements Transport {
        private final TransportEvents events;
        private final ArrayDeque<Pending> pending = new ArrayDeque<>();
        private boolean closed;

        private record Pending(ByteBuffer data, WriteListener done) {}

        Wire(TransportEvents events) {
            this.events = events;
        }

        @Override
        public void write(ByteBuffer data, WriteListener done) {
            synchronized (this) {
                if (!closed) {
                    pending.add(new Pending(data, done));
                    notifyAll();
                    return;
                }
            }
            done.written(new IOException("closed"));
        }

        @Override
        public void close() {
            ArrayDeque<Pending> unread;
            synchronized (this) {
                closed = true;
                unread = new ArrayDeque<>(pending);
                pending.clear();
                notifyAll();
            }
            unread.forEach(write -> write.done.written(new IOException("closed")));
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private final class In extends InputStream {
            @Override
            public int read(byte[] b, int offset, int length) throws IOException {
                int n;
                Pending read = null;
                synchronized (Wire.this) {
                    while (pending.isEmpty() && !closed) {
                        try {
                            Wire.this.wait();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }
                    if (closed) {
                        return -1;
                    }
                    Pending first = pending.peek();
                    n = Math.min(length, first.data.remaining());
                    first.data.get(b, offset, n);
                    if (!first.data.hasRemaining()) {
                        read = pending.poll();
                    }
                }
                if (read != null) {
                    read.done.written(null);
                }
                return n;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
            }
        }

        private final class Out extends OutputStream {
            @Override
            public void write(byte[] b, int offset, int length) throws IOException {
                if (isClosed()) {
                    throw new IOException("closed");
                }
                events.out(b, offset, length);
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void close() {
                Wire.this.close();
            }
        }
    }
}
