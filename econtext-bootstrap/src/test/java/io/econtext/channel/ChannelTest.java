package io.econtext.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ChannelClosedException;
import io.econtext.ChannelTimeoutException;
import io.econtext.NotPortableException;
import io.econtext.Sender;
import io.econtext.core.Router;
import io.econtext.core.Wire;
import io.econtext.core.Witness;
import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both ends of a channel: the receiver at the controller, the sender at context 7. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ChannelTest {
    private static final int ITEM = 10_000;

    private final Router controller = new Router(0, new int[0], new Witness());
    private final Router target = new Router(7, new int[] {0}, new Witness());
    private final Wire wire = new Wire(controller, target);
    private final AtomicInteger closes = new AtomicInteger();
    private final ReceiverEnd<String> receiver =
            new ReceiverEnd<>(controller, ChannelCodec.CORE, String.class, 7, closes::incrementAndGet);
    private Sender<String> sender;
    private final List<Background> threads = new ArrayList<>();

    @BeforeEach
    void open() {
        sender = SenderEnd.of(target, ChannelCodec.CORE, String.class, 1 << 20, receiver.reference());
    }

    @AfterEach
    void join() throws Exception {
        sender.close();
        receiver.close();
        for (Background thread : threads) {
            thread.join();
        }
        assertThat(controller.handles()).isZero();
        assertThat(target.handles()).isZero();
    }

    @Test
    void itemsArriveInOrder() throws Exception {
        for (int i = 0; i < 100; i++) {
            sender.send("item " + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(receiver.receive()).isEqualTo("item " + i);
        }
    }

    @Test
    void whatWasSentBeforeTheEndIsReceivedBeforeIt() throws Exception {
        sender.send("one");
        sender.send("two");
        sender.close();
        receiver.sourceEnded(null, true);
        assertThat(receiver.isEnded()).isFalse();
        assertThat(receiver.receive()).isEqualTo("one");
        assertThat(receiver.receive()).isEqualTo("two");
        assertThat(receiver.isEnded()).isTrue();
        assertThat(receiver.receive()).isNull();
    }

    @Test
    void theEndIsRepeatable() throws Exception {
        sender.close();
        sender.close();
        receiver.sourceEnded(null, true);
        for (int i = 0; i < 3; i++) {
            assertThat(receiver.receive()).isNull();
            assertThat(receiver.receive(Duration.ZERO)).isNull();
        }
        assertThat(receiver.iterator().hasNext()).isFalse();
        assertThat(closes).hasValue(0);
    }

    @Test
    void theEndIsThereOnceBothTheSenderAndItsCallHaveEnded() throws Exception {
        receiver.sourceEnded(null, true);
        sender.send("late");
        sender.close();
        assertThat(receiver.receive()).isEqualTo("late");
        assertThat(receiver.receive()).isNull();
    }

    @Test
    void aCallThatNeverCameToItsSenderEndsTheChannel() throws Exception {
        receiver.sourceEnded(null, false);
        assertThat(receiver.receive()).isNull();
        sender.close();
    }

    @Test
    void aFailureOfTheCallIsReceivedAfterTheItems() throws Exception {
        sender.send("one");
        sender.close();
        IllegalStateException why = new IllegalStateException("no disk");
        receiver.sourceEnded(why, true);
        assertThat(receiver.receive()).isEqualTo("one");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(receiver::receive)
                    .isInstanceOf(ChannelClosedException.class)
                    .hasMessage("no disk")
                    .hasCause(why);
        }
    }

    @Test
    void aFailureThatTheSenderTellsIsReceivedAfterTheItems() throws Exception {
        sender.send("one");
        sender.fail(new IllegalStateException("ü"));
        receiver.sourceEnded(null, true);
        assertThat(receiver.receive()).isEqualTo("one");
        assertThatThrownBy(receiver::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage("java.lang.IllegalStateException: ü");
    }

    @Test
    void nothingComesWithinATimeOutAndTheChannelStaysUsable() throws Exception {
        assertThatThrownBy(() -> receiver.receive(Duration.ofMillis(1))).isInstanceOf(ChannelTimeoutException.class);
        assertThatThrownBy(() -> receiver.receive(Duration.ZERO)).isInstanceOf(ChannelTimeoutException.class);
        sender.send("still");
        assertThat(receiver.receive(Duration.ZERO)).isEqualTo("still");
    }

    @Test
    void iteratesUntilTheEnd() throws Exception {
        sender.send("one");
        sender.send("two");
        sender.close();
        receiver.sourceEnded(null, true);
        List<String> received = new ArrayList<>();
        for (String item : receiver) {
            received.add(item);
        }
        assertThat(received).containsExactly("one", "two");
    }

    @Test
    void itemsOfSeveralFragmentsArriveWhole() throws Exception {
        String large = "x".repeat(300_000);
        sender.send(large);
        assertThat(receiver.receive()).isEqualTo(large);
    }

    @Test
    void creditBlocksASenderAndReceivingFreesIt() throws Exception {
        String item = "x".repeat(ITEM);
        AtomicInteger sent = new AtomicInteger();
        int window = ReceiverEnd.WINDOW / ITEM + 1;
        Background sending = run(() -> {
            for (int i = 0; i < 4 * window; i++) {
                sender.send(item);
                sent.incrementAndGet();
            }
        });
        Eventually.holds(() -> sending.waits() && sent.get() >= window - 1);
        int before = sent.get();
        assertThat(before).isBetween(window - 1, window);
        for (int i = 0; i < before; i++) {
            receiver.receive();
        }
        Eventually.holds(() -> sent.get() > before);
        for (int i = before; i < 4 * window; i++) {
            assertThat(receiver.receive()).isEqualTo(item);
        }
        sending.join();
        assertThat(sent).hasValue(4 * window);
    }

    @Test
    void theDebtOfASenderIsAtMostOneItem() throws Exception {
        sender.send("x".repeat(1_000_000));
        Background sending = run(() -> sender.send("next"));
        Eventually.waits(sending);
        assertThat(receiver.receive()).hasSize(1_000_000);
        assertThat(receiver.receive()).isEqualTo("next");
    }

    @Test
    void aSenderThatWaitsForCreditIsReleasedByTheReceiversClose() throws Exception {
        Background sending = fill();
        receiver.close();
        assertThat(sending.failure()).isInstanceOf(ChannelClosedException.class).hasMessage(SenderEnd.CLOSED);
        assertThat(sender.isClosed()).isTrue();
        assertThat(closes).hasValue(1);
    }

    @Test
    void aSenderThatWaitsForCreditIsReleasedByItsOwnEnd() throws Exception {
        Background sending = fill();
        sender.close();
        assertThat(sending.failure()).isInstanceOf(ChannelClosedException.class).hasMessage(SenderEnd.ENDED);
    }

    @Test
    void aSenderThatWaitsForCreditIsReleasedByAnInterruptWhichEndsNothing() throws Exception {
        Background sending = fill();
        Background behind = run(() -> sender.send("behind"));
        Eventually.waits(behind);
        behind.interrupt();
        assertThat(behind.failure()).isInstanceOf(InterruptedException.class);
        sending.interrupt();
        assertThat(sending.failure()).isInstanceOf(InterruptedException.class);
        assertThat(sender.isClosed()).isFalse();
        // Everything that was sent is received, so that there is credit again.
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(receiver.receive(Duration.ZERO)).hasSize(ITEM);
                    }
                })
                .isInstanceOf(ChannelTimeoutException.class);
        sender.send("after");
        assertThat(receiver.receive()).isEqualTo("after");
    }

    @Test
    void sendingOnAnEndedChannelIsAnError() {
        sender.close();
        assertThat(sender.isClosed()).isTrue();
        assertThatThrownBy(() -> sender.send("x"))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(SenderEnd.ENDED);
    }

    @Test
    void sendingToAClosedReceiverIsAnError() throws Exception {
        receiver.close();
        // The receiver didn't know of this sender yet: the first item comes back.
        sender.send("x");
        assertThatThrownBy(() -> sender.send("y"))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageStartingWith(SenderEnd.GONE + Router.NO_HANDLE);
    }

    @Test
    void closingTheReceiverDropsWhatWaitsAndIsToldOnce() throws Exception {
        sender.send("dropped");
        receiver.close();
        receiver.close();
        assertThat(closes).hasValue(1);
        assertThat(receiver.isEnded()).isTrue();
        assertThatThrownBy(receiver::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(ReceiverEnd.CLOSED_HERE);
    }

    @Test
    void closingTheReceiverWakesThoseWhoWaitThere() throws Exception {
        Background waiting = run(receiver::receive);
        Eventually.waits(waiting);
        receiver.close();
        assertThat(waiting.failure()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void anInterruptEndsAWaitAndTheChannelStaysUsable() throws Exception {
        Background waiting = run(receiver::receive);
        Eventually.waits(waiting);
        waiting.interrupt();
        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        sender.send("still");
        assertThat(receiver.receive()).isEqualTo("still");
    }

    @Test
    void anInterruptEndsAnIterationAndIsKept() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> receiver.iterator().hasNext())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptDoesNotKeepTheEndFromBeingSent() throws Exception {
        sender.send("one");
        Thread.currentThread().interrupt();
        sender.close();
        assertThat(Thread.interrupted()).isTrue();
        receiver.sourceEnded(null, true);
        assertThat(receiver.receive()).isEqualTo("one");
        assertThat(receiver.receive()).isNull();
    }

    @Test
    void aLostLinkWakesBothEnds() throws Exception {
        Background receiving = run(receiver::receive);
        Eventually.waits(receiving);
        wire.down.end("cut");
        assertThat(receiving.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(ReceiverEnd.GONE + "cut");
        assertThatThrownBy(() -> sender.send("x"))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(SenderEnd.GONE + "end of stream");
    }

    @Test
    void aLostLinkReleasesASenderThatWaitsForCreditAndLeavesWhatCame() throws Exception {
        Background sending = fill();
        wire.up.end("silent");
        assertThat(sending.failure()).isInstanceOf(ChannelClosedException.class).hasMessage(SenderEnd.GONE + "silent");
        assertThat(receiver.receive()).hasSize(ITEM);
        assertThatThrownBy(() -> {
                    for (String item : receiver) {
                        assertThat(item).hasSize(ITEM);
                    }
                })
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(ReceiverEnd.GONE + "end of stream");
    }

    @Test
    void aSenderWaitsForRoomInTheQueueOfItsLink() throws Exception {
        wire.up.hold();
        List<Sender<String>> many = new ArrayList<>();
        List<ReceiverEnd<String>> receivers = new ArrayList<>();
        Background sending = run(() -> {
            for (int i = 0; i < 12; i++) {
                ReceiverEnd<String> other = new ReceiverEnd<>(controller, ChannelCodec.CORE, String.class, 7, () -> {});
                receivers.add(other);
                many.add(SenderEnd.of(target, ChannelCodec.CORE, String.class, 1 << 20, other.reference()));
                many.get(i).send("x".repeat(900_000));
                many.get(i).close();
            }
        });
        Eventually.waits(sending);
        wire.up.release();
        sending.join();
        for (ReceiverEnd<String> other : receivers) {
            other.sourceEnded(null, true);
            assertThat(other.receive()).hasSize(900_000);
            assertThat(other.receive()).isNull();
        }
    }

    @Test
    void aSenderThatWaitsForRoomGivesItsCreditBackWhenItIsInterrupted() throws Exception {
        ReceiverEnd<byte[]> full = new ReceiverEnd<>(controller, ChannelCodec.CORE, byte[].class, 7, () -> {});
        wire.up.hold();
        SenderEnd.of(target, ChannelCodec.CORE, byte[].class, 64 << 20, full.reference())
                .send(new byte[8 << 20]);
        for (int i = 0; i < 2; i++) {
            Background sending = run(() -> sender.send("x".repeat(ReceiverEnd.WINDOW)));
            Eventually.waits(sending);
            sending.interrupt();
            assertThat(sending.failure()).isInstanceOf(InterruptedException.class);
        }
        wire.up.release();
        sender.send("fits");
        assertThat(receiver.receive()).isEqualTo("fits");
        full.close();
    }

    @Test
    void itemsOfTwoSendersNeverInterleaveAndKeepTheirOrder() throws Exception {
        String[] texts = {"a".repeat(100_000), "b".repeat(70_000), "c"};
        for (String text : texts) {
            run(() -> {
                for (int i = 0; i < 100; i++) {
                    sender.send(text + i);
                }
            });
        }
        int[] next = new int[3];
        for (int i = 0; i < 300; i++) {
            String item = receiver.receive();
            int which = item.charAt(0) - 'a';
            assertThat(item).isEqualTo(texts[which] + next[which]++);
        }
    }

    @Test
    void ofSeveralReceiversEachItemGoesToOne() throws Exception {
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 5; i++) {
            run(() -> {
                String item;
                while ((item = receiver.receive()) != null) {
                    received.add(item);
                }
            });
        }
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sent.add("item " + i);
            sender.send(sent.get(i));
        }
        sender.close();
        receiver.sourceEnded(null, true);
        for (Background thread : threads) {
            thread.join();
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void anItemThatCanNotTravelOrIsTooLongIsRefusedAndTheChannelStaysUsable() throws Exception {
        assertThatThrownBy(() -> sender.send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sender.send("x".repeat(1 << 20)))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("the limit is 1048576");
        sender.send("fine");
        assertThat(receiver.receive()).isEqualTo("fine");
    }

    @Test
    void aClosedReceiverRacingWithASenderLeavesNothing() throws Exception {
        for (int i = 0; i < 200; i++) {
            ReceiverEnd<String> other = new ReceiverEnd<>(controller, ChannelCodec.CORE, String.class, 7, () -> {});
            Sender<String> racing = SenderEnd.of(target, ChannelCodec.CORE, String.class, 1 << 20, other.reference());
            Background sending = run(() -> {
                try {
                    for (int j = 0; j < 100; j++) {
                        racing.send("x".repeat(ITEM));
                    }
                } catch (ChannelClosedException e) {
                    // As it should.
                }
                racing.close();
            });
            other.receive();
            other.close();
            sending.join();
            assertThat(sending.failure).isNull();
        }
    }

    /** A thread that waits for credit, as the window is full. */
    private Background fill() {
        Background sending = run(() -> {
            while (true) {
                sender.send("x".repeat(ITEM));
            }
        });
        Eventually.waits(sending);
        Eventually.holds(sending::waits);
        return sending;
    }

    private Background run(Task task) {
        Background thread = new Background(task);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** What a thread of a test does. */
    private interface Task {
        void run() throws Exception;
    }

    /** A thread whose failure can be asked for. */
    private static final class Background extends Thread {
        private final Task task;
        volatile Throwable failure;

        Background(Task task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } catch (Throwable e) {
                failure = e;
            }
        }

        boolean waits() {
            return getState() == State.WAITING;
        }

        Throwable failure() throws InterruptedException {
            join();
            return failure;
        }
    }
}
