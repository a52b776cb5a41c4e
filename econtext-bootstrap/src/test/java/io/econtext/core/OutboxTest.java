package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();
    private int ids;

    @Test
    void urgentMessagesGoFirst() {
        offer(Message.BULK, 1, 10);
        offer(Message.NORMAL, 2, 10);
        offer(Message.LOG, 3, 10);
        offer(Message.CONTROL, 4, 10);
        assertThat(handles(fill())).containsExactly(4, 3, 2, 1);
    }

    @Test
    void longMessagesTakeTurnsByFragmentsSoThatNothingWaitsBehindThem() {
        offer(Message.NORMAL, 1, 3 * Message.FRAGMENT);
        offer(Message.NORMAL, 2, 2 * Message.FRAGMENT);
        offer(Message.NORMAL, 3, 10);
        assertThat(handles(all())).containsExactly(1, 2, 3, 1, 2, 1);
    }

    @Test
    void bulkToDifferentHandlesTakesTurnsAndKeepsItsOrderToEach() {
        for (int i = 0; i < 3; i++) {
            offer(Message.BULK, 1, 2 * Message.FRAGMENT);
        }
        offer(Message.BULK, 2, Message.FRAGMENT);
        offer(Message.BULK, 2, 10);
        List<Message> frames = all();
        assertThat(handles(frames)).containsExactly(1, 2, 1, 2, 1, 1, 1, 1);
        assertThat(frames).filteredOn(m -> m.handle == 1).extracting(m -> m.id).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void theSameHandleOfAnotherContextIsAnother() {
        outbox.offer(new Message(Message.BULK, 0, 0, 1, 1024, 0, 1, 0, 100000, new byte[100000]));
        outbox.offer(new Message(Message.BULK, 0, 0, 2, 1024, 0, 2, 0, 100000, new byte[100000]));
        assertThat(all()).extracting(m -> m.destination).containsExactly(1, 2, 1, 2);
    }

    @Test
    void shortMessagesKeepTheirOrder() {
        for (int handle = 1; handle <= 5; handle++) {
            offer(Message.NORMAL, handle, handle);
        }
        assertThat(handles(all())).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whatDoesNotFitIsRefusedButNeverTheOnlyMessage() {
        assertThat(offer(Message.NORMAL, 1, Outbox.LIMIT + 1)).isTrue();
        assertThat(offer(Message.NORMAL, 1, 1)).isFalse();
        assertThat(offer(Message.BULK, 1, 1)).isFalse();
        all();
        assertThat(offer(Message.BULK, 1, 1)).isTrue();
    }

    @Test
    void controlIsTakenBeyondTheLimitOfTheOthersAndHasOneOfItsOwn() {
        offer(Message.NORMAL, 1, Outbox.LIMIT);
        int taken = 0;
        while (offer(Message.CONTROL, 1, 1 << 20)) {
            taken++;
        }
        assertThat(taken).isEqualTo(7);
    }

    @Test
    void ofLogLinesTheOldestAreDropped() {
        int lines = 2 * Outbox.LOG_LIMIT / 1024;
        for (int i = 0; i < lines; i++) {
            assertThat(offer(Message.LOG, 6, 1024 - Message.HEADER)).isTrue();
        }
        List<Message> kept = all();
        assertThat(kept).hasSize(lines / 2);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i).id).isEqualTo(lines / 2 + i + 1);
        }
    }

    @Test
    void longLogLinesKeepTheirPlaceAndAreDroppedToo() {
        for (int i = 0; i < 200; i++) {
            offer(Message.LOG, 6, 100000);
            offer(Message.LOG, 6, 100);
        }
        List<Message> kept = all();
        int bytes = 0;
        int last = kept.get(0).id;
        for (Message m : kept) {
            assertThat(m.id).isBetween(last, last + 1);
            last = m.id;
            bytes += m.body.length;
        }
        assertThat(last).isEqualTo(400);
        assertThat(bytes).isBetween(Outbox.LOG_LIMIT - 200000, Outbox.LOG_LIMIT);
    }

    @Test
    void aLogLineThatIsPartlyWrittenIsNotDropped() {
        offer(Message.LOG, 6, Message.FRAGMENT + 1);
        assertThat(fill()).hasSize(1);
        for (int i = 0; i < 100; i++) {
            offer(Message.LOG, 6, 100000);
        }
        List<Message> kept = all();
        assertThat(kept.get(0).id).isEqualTo(1);
        assertThat(kept.get(0).isLast()).isTrue();
        assertThat(kept.get(1).id).isGreaterThan(2);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void aFloodOfLogLinesDoesNotHoldBackCalls() {
        for (int i = 0; i < 1000; i++) {
            offer(Message.LOG, 6, 1000);
        }
        offer(Message.NORMAL, 1, 10);
        List<Message> first = fill();
        first.addAll(fill());
        assertThat(handles(first)).contains(1);
    }

    @Test
    void isEmptyWhenEverythingIsWritten() {
        assertThat(outbox.isEmpty()).isTrue();
        offer(Message.LOG, 1, 0);
        offer(Message.BULK, 1, 0);
        assertThat(outbox.isEmpty()).isFalse();
        all();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(fill()).isEmpty();
    }

    private boolean offer(int priority, int handle, int length) {
        return outbox.offer(
                new Message(priority | Message.LAST, 0, 0, 1, handle, 0, ++ids, 0, length, new byte[length]));
    }

    /** What goes in one write of the writer. */
    private List<Message> fill() {
        byte[] b = new byte[Message.HEADER + Message.FRAGMENT];
        return ScriptedLink.frames(Arrays.copyOf(b, outbox.fill(b, 0)));
    }

    private List<Message> all() {
        List<Message> all = new ArrayList<>();
        List<Message> more;
        while (!(more = fill()).isEmpty()) {
            all.addAll(more);
        }
        return all;
    }

    private static List<Integer> handles(List<Message> messages) {
        List<Integer> handles = new ArrayList<>();
        for (Message m : messages) {
            handles.add(m.handle);
        }
        return handles;
    }
}
