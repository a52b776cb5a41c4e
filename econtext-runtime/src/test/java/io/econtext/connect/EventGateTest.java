package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The order of events, whatever happens within them. */
class EventGateTest {
    private final Queue<Runnable> later = new ArrayDeque<>();

    private static ConnectFailedException cancelled() {
        return new ConnectFailedException.Cancelled("ssh://here", "why", List.of(), null);
    }

    @Test
    void endThatComesFromWithinAnEventIsToldAfterIt() {
        StringBuilder told = new StringBuilder();
        EventGate[] gate = new EventGate[1];
        Recorder recorder = new Recorder() {
            @Override
            public void out(byte[] bytes, int offset, int length) {
                gate[0].end(EventGateTest::cancelled, () -> "over");
                told.append("out;");
            }

            @Override
            public void ended(String reason) {
                told.append(reason);
            }
        };
        gate[0] = new EventGate(recorder, Runnable::run);
        gate[0].started();
        gate[0].received(new byte[1], 0, 1, false);
        gate[0].received(new byte[1], 0, 1, false);
        assertThat(told).hasToString("out;over");
    }

    @Test
    void endIsToldOnceAndByTheExecutor() throws Exception {
        Recorder recorder = new Recorder();
        EventGate gate = new EventGate(recorder, later::add);
        gate.started();
        assertThat(gate.end(EventGateTest::cancelled, () -> "first")).isTrue();
        assertThat(gate.end(EventGateTest::cancelled, () -> "second")).isFalse();
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(recorder.awaitEnd()).isEqualTo("first");
    }

    @Test
    void endBeforeTheStartIsAFailure() throws Exception {
        Recorder recorder = new Recorder();
        EventGate gate = new EventGate(recorder, Runnable::run);
        gate.end(EventGateTest::cancelled, () -> "over");
        gate.started();
        assertThat(recorder.awaitFailure()).hasMessage("ssh://here: why");
    }
}
