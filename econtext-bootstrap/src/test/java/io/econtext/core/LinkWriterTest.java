package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes to a neighbour: the thread that sends, or the writer. */
@ExtendWith(NoThreadLeft.class)
@Timeout(30)
class LinkWriterTest {
    private final Router router = new Router(0, new int[0], new Witness());
    private final ScriptedLink link = new ScriptedLink(router, 1, 1);

    @Test
    void smallMessagesAreWrittenByTheirSenderWhileTheHopIsNearlyEmpty() {
        link.writable = true;
        assertThat(send(0)).isTrue();
        assertThat(send(0)).isTrue();
        assertThat(send(0)).isTrue();
        // Each write counts for a KiB besides its bytes: a fourth could exceed what every pipe takes unread.
        assertThat(send(0)).isFalse();
    }

    @Test
    void theLongestMessageThatIsWrittenByItsSenderFillsWhatIsLeft() {
        link.writable = true;
        assertThat(send(4096 - 1024 - Message.HEADER + 1)).isFalse();
        link.bytes();
        link.feed(acknowledging(4096 - 1024 + 1));
        assertThat(send(4096 - 1024 - Message.HEADER)).isTrue();
    }

    @Test
    void whatTheNeighbourHasReadCountsNoMore() {
        link.writable = true;
        for (int i = 1; i <= 10; i++) {
            assertThat(send(1000)).isTrue();
            link.feed(acknowledging(1044 * i));
        }
    }

    @Test
    void threadsThatMustNotBlockNeverWriteToAChild() {
        link.writable = true;
        link.beat(100, 1);
        router.send(router.message(Message.NORMAL, 1, Handles.SHUTDOWN, 0, new byte[4]));
        new ScriptedLink(router, 2, 2).feed(new Frame(2, 1, Handles.CALL), new Frame(2, 1, 1024));
        assertThat(link.direct).isZero();
        assertThat(link.frames()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 145, 144 - Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void neitherLessThanBeforeNorMoreThanWasSentIsAcknowledged(int bytes) {
        send(100);
        link.bytes();
        link.feed(acknowledging(100));
        assertThatThrownBy(() -> link.feed(acknowledging(bytes))).hasMessage(Link.MALFORMED);
    }

    @Test
    void acknowledgementsRideOnWhateverGoesOut() {
        link.feed(new Frame(1, 0, Handles.NOTHING).body(new byte[100]));
        send(0);
        assertThat(Message.getInt(link.bytes(), 8)).isEqualTo(144);
    }

    @Test
    void nobodyWritesByItselfWhereTheStreamCanNotTakeIt() {
        link.writable = false;
        assertThat(send(0)).isFalse();
        assertThat(link.woken).isTrue();
    }

    @Test
    void nobodyOvertakesWhatWaitsForTheWriter() {
        link.writable = true;
        send(10000);
        assertThat(link.woken).isTrue();
        assertThat(send(1)).isFalse();
        assertThat(ScriptedLink.frames(link.bytes()))
                .extracting(m -> m.body.length)
                .containsExactly(10000, 1);
    }

    @Test
    void whatWasSentDuringAWriteIsWrittenByTheWriter() {
        Router racing = new Router(0, new int[0], new Witness());
        ScriptedLink raced = new ScriptedLink(racing, 1, 1) {
            @Override
            protected void writeNow(byte[] frame) {
                super.writeNow(frame);
                if (direct == 1) {
                    router.send(router.message(Message.NORMAL, 1, Handles.CALL, 0, new byte[2]));
                }
            }
        };
        raced.writable = true;
        racing.send(racing.message(Message.NORMAL, 1, Handles.CALL, 0, new byte[1]));
        assertThat(raced.direct).isEqualTo(1);
        assertThat(raced.woken).isTrue();
        assertThat(raced.frames()).extracting(m -> m.body.length).containsExactly(1, 2);
    }

    @Test
    void flushReturnsAtOnceWhenNothingWaits() throws Exception {
        link.flush(Long.MAX_VALUE / 1000000);
        send(10);
        link.bytes();
        link.flush(Long.MAX_VALUE / 1000000);
    }

    @Test
    void flushWaitsForTheWriter() throws Exception {
        send(10);
        CountDownLatch flushed = new CountDownLatch(1);
        Thread waiter = flusher(flushed);
        assertThat(flushed.getCount()).isEqualTo(1);
        link.bytes();
        waiter.join();
        assertThat(flushed.getCount()).isZero();
    }

    @Test
    void flushIsReleasedByTheEndOfTheLink() throws Exception {
        send(10);
        Thread waiter = flusher(new CountDownLatch(1));
        link.end("gone");
        waiter.join();
    }

    @Test
    void flushGivesUpWhenItsTimeIsOver() throws Exception {
        send(10);
        link.flush(1);
        assertThat(link.frames()).hasSize(1);
    }

    /** A thread that waits in flush. */
    private Thread flusher(CountDownLatch flushed) {
        Thread waiter = new Thread(() -> {
            link.flush(Long.MAX_VALUE / 1000000);
            flushed.countDown();
        });
        waiter.start();
        Eventually.waits(waiter);
        return waiter;
    }

    /** Sends a message of so many bytes and says whether this thread wrote it. */
    private boolean send(int length) {
        int before = link.direct;
        router.send(router.message(Message.NORMAL, 1, Handles.CALL, 0, new byte[length]));
        return link.direct > before;
    }

    private static Frame acknowledging(int bytes) {
        return new Frame(1, 0, Handles.NOTHING).acknowledged(bytes);
    }
}
