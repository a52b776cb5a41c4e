package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.core.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LogStreamTest {
    private static final int LOGGED = 0;
    private static final int STDERR = 2;
    private static final int AFTER = 3;

    private final List<String> lines = new ArrayList<>();
    private final List<String> levels = new ArrayList<>();

    private final LogSink sink = new LogSink() {
        @Override
        public int level(String context) {
            return 0;
        }

        @Override
        public void logged(LogLine line) {
            lines.add(line.logger() + ": " + line.message());
            levels.add(line.level());
        }

        @Override
        public void dropped(String context, long number) {
            lines.add(number + " dropped");
        }
    };

    @AutoClose
    private final Broker broker = Broker.create();

    private final ControlledContext context = (ControlledContext) broker.define(Local.process());
    private final AtomicInteger queued = new AtomicInteger();
    private final LogStream stream = new LogStream(context, sink, line -> {}, Runnable::run, queued);

    @Test
    void aGapInTheNumbersIsWhatWasDropped() throws IOException {
        stream.received(line(1, "one"));
        stream.received(line(4, "four"));
        assertThat(lines).containsExactly("stderr: one", "2 dropped", "stderr: four");
        assertThat(stream.dropped()).isEqualTo(2);
    }

    @Test
    void aLineWithoutNumberIsInNobodysWay() throws IOException {
        stream.received(line(1, "one"));
        stream.received(line(2, "two"));
        stream.received(line(0, "what the program said that started it"));
        stream.received(line(3, "three"));
        assertThat(lines)
                .containsExactly(
                        "stderr: one", "stderr: two", "stderr: what the program said that started it", "stderr: three");
        assertThat(stream.isDelivered(3)).isTrue();
        assertThat(stream.isDelivered(4)).isFalse();
    }

    @Test
    void streamsThatShareTheirBytesHoldNoMoreThanOne() {
        List<Runnable> deliveries = new ArrayList<>();
        byte[] record = new byte[Message.FRAGMENT];
        for (int s = 0; s < 4; s++) {
            LogStream other = new LogStream(context, sink, line -> {}, deliveries::add, queued);
            for (int i = 0; i < 512; i++) {
                other.received(record);
                assertThat(queued.get()).isLessThanOrEqualTo(16 << 20);
            }
        }
        while (!deliveries.isEmpty()) {
            deliveries.remove(0).run();
        }
        assertThat(queued).hasValue(0);
        assertThat(lines).hasSize(255);
    }

    @Test
    void levelsAreThoseOfSlf4j() throws IOException {
        for (int level : new int[] {1000, 900, 800, 700, 500, 400}) {
            stream.received(line(levels.size() + 1, LOGGED, 0, level, "at " + level));
        }
        assertThat(levels).containsExactly("ERROR", "WARN", "INFO", "DEBUG", "DEBUG", "TRACE");
    }

    @Test
    void aLineIsOneFragmentAndMoreIsRefused() throws IOException {
        stream.received(new byte[Message.FRAGMENT + 1]);
        stream.received(line(1, "one"));
        assertThat(lines).containsExactly("stderr: one");
        assertThat(context.counters().refused()).isEqualTo(1);
    }

    @Test
    void linesOfOthersThatNeverComeAreWaitedForOnceABatch() throws IOException {
        RemoteContext other = broker.connect(Local.process().named("other"));
        List<Runnable> deliveries = new ArrayList<>();
        LogStream waiting = new LogStream(context, sink, line -> {}, deliveries::add, queued);
        for (int number = 1; number <= 100; number++) {
            waiting.received(line(number, AFTER, other.id(), 1_000_000, ""));
        }
        waiting.received(line(101, "the end"));
        long begun = System.nanoTime();
        deliveries.remove(0).run();
        assertThat(System.nanoTime() - begun).isBetween(LogStream.MAX_WAIT, 10 * LogStream.MAX_WAIT);
        assertThat(lines).containsExactly("stderr: the end");
    }

    private static byte[] line(int number, String text) throws IOException {
        return line(number, STDERR, 0, 0, text);
    }

    private static byte[] line(int number, int kind, long time, int level, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(number);
        out.writeByte(kind);
        out.writeLong(time);
        out.writeInt(level);
        out.writeUTF("");
        out.writeUTF("");
        out.writeUTF(text);
        out.writeBoolean(false);
        return bytes.toByteArray();
    }
}
