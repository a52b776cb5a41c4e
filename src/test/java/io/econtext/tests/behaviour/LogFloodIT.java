package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More lines than can be taken. */
@ExtendWith(NothingLeftBehind.class)
class LogFloodIT {
    private static final int LINES = 400_000;
    private static final String LOGGER = "com.acme.Flood";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"IN_PROCESS", "LOCAL", "SSH"})
    void whatIsDroppedIsTheOldestAndCounted(WayIn wayIn) throws Exception {
        Slow slow = new Slow();
        try (WayIn.Place place = wayIn.open(directory);
                Broker broker = Broker.builder().logSink(slow).build()) {
            RemoteContext context = broker.connect(place.way("flooding", Behaviour.PATIENT));
            context.run(Logging::info, LOGGER, 0, LINES);
            slow.goOn.countDown();
            Awaitility.await()
                    .atMost(Behaviour.PATIENCE)
                    .untilAsserted(() -> assertThat(slow.delivered.get() + slow.dropped.get())
                            .isEqualTo(LINES));
            assertThat(slow.dropped.get()).as("what no bound holds").isPositive();
            assertThat(slow.last.get()).as("the newest").isEqualTo(LINES - 1);
            assertThat(slow.disordered.get()).isZero();
            assertThat(broker.counters("flooding").droppedLogLines()).isEqualTo(slow.dropped.get());
        }
    }

    @Test
    void aFloodHoldsUpNoCall() throws Exception {
        Slow slow = new Slow();
        try (WayIn.Place place = WayIn.LOCAL.open(directory);
                Broker broker = Broker.builder().logSink(slow).build()) {
            RemoteContext context = broker.connect(place.way("flooding", Behaviour.PATIENT));
            // while SLF4J looks for its provider, it calls everything enabled
            assertThat(context.call(Logging::isDebug, "com.acme")).isFalse();
            var flood = context.runAsync(Logging::info, LOGGER, 0, LINES);
            for (int i = 0; i < 3; i++) {
                // each may wait a second for the lines before it, which don't get on
                assertThat(context.call(Logging::isDebug, "com.acme")).isFalse();
            }
            slow.goOn.countDown();
            flood.join();
        } finally {
            slow.goOn.countDown();
        }
    }

    /** Takes nothing until it is let go on. Used by one thread at a time. */
    private static final class Slow implements LogSink {
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicLong delivered = new AtomicLong();
        final AtomicLong dropped = new AtomicLong();
        final AtomicLong last = new AtomicLong(-1);
        final AtomicLong disordered = new AtomicLong();

        @Override
        public int level(String context) {
            return Level.INFO.intValue();
        }

        @Override
        public void logged(LogLine line) {
            if (line.logger().equals(LOGGER)) {
                await();
                delivered.incrementAndGet();
                long number = Long.parseLong(line.message());
                disordered.addAndGet(number > last.getAndSet(number) ? 0 : 1);
            }
        }

        @Override
        public void dropped(String context, long lines) {
            dropped.addAndGet(lines);
        }

        private void await() {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
