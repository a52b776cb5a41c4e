package io.econtext.bench;

import io.econtext.ContextOptions;
import io.econtext.Launch;
import io.econtext.Local;
import io.econtext.Way;
import io.econtext.broker.Connector;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.connect.LocalConnector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A local process that seems to be far away: whatever is said to it or by it takes half a round trip. Immutable.
 *
 * @param roundTrip of a byte and its answer
 */
record Distant(String name, Duration roundTrip) implements Way {

    @Override
    public String address() {
        return "distant:" + name;
    }

    @Override
    public ContextOptions options() {
        return ContextOptions.DEFAULTS;
    }

    @Override
    public Launch launch() {
        return Local.process().launch();
    }

    /** Starts them. Safe for use by any thread. */
    static final class Starter implements Connector<Distant> {
        private final LocalConnector local = new LocalConnector();

        @Override
        public Class<Distant> way() {
            return Distant.class;
        }

        @Override
        public Launch launch(Distant way) {
            return way.launch();
        }

        @Override
        public Transport start(Distant way, String command, TransportEvents events) {
            Line line = new Line(way.roundTrip().dividedBy(2), events);
            line.there = local.start(way, command, line);
            return line;
        }
    }

    /** What is on its way arrives in order, on the line's own thread. */
    private static final class Line implements Transport, TransportEvents {
        private final long nanos;
        private final TransportEvents events;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "distance");
            made.setDaemon(true);
            return made;
        });
        private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
        private boolean writing;
        private volatile Transport there;

        Line(Duration delay, TransportEvents events) {
            nanos = delay.toNanos();
            this.events = events;
        }

        private void later(Runnable task) {
            thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void write(ByteBuffer data, WriteListener done) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            later(() -> {
                arrived.add(ByteBuffer.wrap(copy));
                next();
            });
            done.written(null);
        }

        private void next() {
            if (!writing && !arrived.isEmpty()) {
                writing = true;
                there.write(
                        arrived.poll(),
                        failure -> thread.execute(() -> {
                            writing = false;
                            next();
                        }));
            }
        }

        @Override
        public void endInput() {
            later(there::endInput);
        }

        @Override
        public void close() {
            there.close();
        }

        @Override
        public void started() {
            events.started();
        }

        @Override
        public void failed(io.econtext.ConnectFailedException why) {
            later(() -> events.failed(why));
        }

        @Override
        public void out(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            later(() -> events.out(copy, 0, copy.length));
        }

        @Override
        public void err(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            later(() -> events.err(copy, 0, copy.length));
        }

        @Override
        public void ended(String reason) {
            later(() -> {
                events.ended(reason);
                thread.shutdown();
            });
        }
    }
}
