package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Local;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LogStreamTest {
    private static final int STDERR = 2;

    private final List<String> lines = new ArrayList<>();

    private final LogSink sink = new LogSink() {
        @Override
        public int level(String context) {
            return 0;
        }

        @Override
        public void logged(LogLine line) {
            lines.add(line.logger() + ": " + line.message());
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
        byte[] record = new byte[1 << 20];
        for (int s = 0; s < 4; s++) {
            LogStream other = new LogStream(context, sink, line -> {}, deliveries::add, queued);
            for (int i = 0; i < 32; i++) {
                other.received(record);
                assertThat(queued.get()).isLessThanOrEqualTo(16 << 20);
            }
        }
        while (!deliveries.isEmpty()) {
            deliveries.remove(0).run();
        }
        assertThat(queued).hasValue(0);
        assertThat(lines).hasSize(15);
    }

    private static byte[] line(int number, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(number);
        out.writeByte(STDERR);
        out.writeLong(0);
        out.writeInt(0);
        out.writeUTF("");
        out.writeUTF("");
        out.writeUTF(text);
        out.writeBoolean(false);
        return bytes.toByteArray();
    }
}
