package io.econtext.bench;

import io.econtext.Call;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;

/** Calls in a context that logs 100,000 lines a second, and in the same one while it is quiet, by turns. Used by one thread. */
final class LogFlood {
    static final String QUIET = "local: call while nothing is logged, µs";
    static final String LOUD = "local: call while 100,000 lines a second are logged, µs";
    static final String RATE = "lines a second that were logged meanwhile";
    static final String DELIVERED = "of these, delivered, %";
    static final String UNTOLD = "of these, neither delivered nor told to be dropped";

    private static final int LINES_A_SECOND = 100_000;
    private static final int SECONDS = 2;
    private static final int CALLS = 1000;

    private LogFlood() {}

    static void measure(Samples samples, int rounds) {
        Counted counted = new Counted();
        try (Broker broker = Broker.builder().logSink(counted).build()) {
            RemoteContext context = broker.connect(Local.process().named("logging"));
            context.call(Noise::log, LINES_A_SECOND, 1);
            for (int round = -1; round < rounds; round++) {
                calls(samples, round >= 0, QUIET, context);
                long before = counted.all();
                long delivered = counted.delivered.get();
                long start = System.nanoTime();
                CompletableFuture<Integer> logging = context.invokeAsync(Call.of(Noise::log, LINES_A_SECOND, SECONDS));
                calls(samples, round >= 0, LOUD, context);
                int lines = logging.join();
                double seconds = (System.nanoTime() - start) / 1e9;
                counted.await(before + lines, Duration.ofSeconds(30));
                if (round >= 0) {
                    samples.keep(RATE, lines / seconds);
                    samples.keep(DELIVERED, 100.0 * (counted.delivered.get() - delivered) / lines);
                    samples.keep(UNTOLD, lines - (counted.all() - before));
                }
            }
        }
    }

    private static void calls(Samples samples, boolean count, String what, RemoteContext context) {
        for (int i = 0; i < CALLS; i++) {
            double micros = Figures.call(context);
            if (count) {
                samples.keep(what, micros);
            }
        }
    }

    /** Counts what comes. Safe for use by several threads. */
    private static final class Counted implements LogSink {
        final AtomicLong delivered = new AtomicLong();
        private final AtomicLong dropped = new AtomicLong();

        @Override
        public int level(String context) {
            return Level.INFO.intValue();
        }

        @Override
        public void logged(LogLine line) {
            delivered.incrementAndGet();
        }

        @Override
        public void dropped(String context, long lines) {
            dropped.addAndGet(lines);
        }

        long all() {
            return delivered.get() + dropped.get();
        }

        void await(long lines, Duration atMost) {
            long end = System.nanoTime() + atMost.toNanos();
            while (all() < lines && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
