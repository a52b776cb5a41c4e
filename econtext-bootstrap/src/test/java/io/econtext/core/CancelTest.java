package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that are told to stop, and such that don't. One worker, so that the next call runs on the same thread. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class CancelTest {
    private static final CallBody SEEN = CallBody.of(Functions.class, "isInterrupted", boolean.class);

    private Target target;

    @BeforeEach
    void open() {
        target = new Target(1);
        Functions.begun = new CountDownLatch(1);
        Functions.release = new CountDownLatch(1);
        Functions.ran = false;
        Functions.interrupts.set(0);
    }

    @AfterEach
    void close() {
        Functions.release.countDown();
        target.close();
    }

    @Test
    void aRunningCallIsInterrupted() throws Exception {
        CallBody call = CallBody.of(Functions.class, "block", void.class);
        Replies replies = target.begin(call);
        Functions.begun.await();
        target.cancel(call, 60000);
        Answer answer = new Answer(replies.next());
        assertThat(answer.thrown().type()).isEqualTo(InterruptedException.class.getName());
        assertThat(answer.interrupted).isTrue();
    }

    @Test
    void aCallThatWasCancelledBeforeItBeganNeverRuns() throws Exception {
        Replies first = target.begin(CallBody.of(Functions.class, "block", void.class));
        Functions.begun.await();
        CallBody waiting = CallBody.of(Functions.class, "run", void.class);
        Replies second = target.begin(waiting);
        target.cancel(waiting, 60000);
        Functions.release.countDown();
        assertThat(new Answer(first.next()).outcome).isEqualTo(Answer.VALUE);
        Answer answer = new Answer(second.next());
        assertThat(answer.outcome).isEqualTo(Answer.REFUSED);
        assertThat(answer.text()).isEqualTo(Invocation.LATE);
        assertThat(Functions.ran).isFalse();
        assertThat(target.call(SEEN).value(boolean.class)).isEqualTo(false);
    }

    @Test
    void aCallWithoutADeadlineIsNotInterruptedWhateverItTakes() throws Exception {
        Replies replies =
                target.begin(CallBody.of(Functions.class, "block", void.class).millis(Integer.MAX_VALUE));
        Functions.begun.await();
        target.context.calls.tick(System.nanoTime() + Duration.ofDays(10000).toNanos());
        Functions.release.countDown();
        assertThat(new Answer(replies.next()).interrupted).isFalse();
    }

    @Test
    void aCallWhoseDeadlinePassedBeforeItBeganNeverRuns() throws Exception {
        Answer answer =
                target.call(CallBody.of(Functions.class, "run", void.class).millis(0));
        assertThat(answer.outcome).isEqualTo(Answer.REFUSED);
        assertThat(answer.text()).isEqualTo(Invocation.LATE);
        assertThat(Functions.ran).isFalse();
    }

    @Test
    void anInterruptThatTheCallDidNotTakeDoesNotReachTheNext() throws Exception {
        CallBody call = CallBody.of(Functions.class, "interruptItself", boolean.class);
        assertThat(target.call(call).value(boolean.class)).isEqualTo(true);
        assertThat(target.call(SEEN).value(boolean.class)).isEqualTo(false);
    }

    @Test
    void anInterruptThatComesBetweenTwoCallsDoesNotReachTheNext() throws Exception {
        Replies first = target.begin(CallBody.of(Functions.class, "block", void.class));
        Functions.begun.await();
        byte[] body = CallBody.of(Functions.class, "run", void.class).bytes();
        Message request = target.controller.message(Message.NORMAL, Target.ID, Handles.CALL, 0, body);
        target.context.calls.workers.execute(new Invocation(target.context.calls, request) {
            @Override
            protected Message reply(int priority, byte[] answer) {
                Thread.currentThread().interrupt();
                return super.reply(priority, answer);
            }
        });
        Replies next = target.begin(SEEN);
        Functions.release.countDown();
        first.next();
        assertThat(new Answer(next.next()).value(boolean.class)).isEqualTo(false);
    }

    @Test
    void whatBlocksWhileItsResultIsWrittenIsInterrupted() throws Exception {
        CallBody call =
                CallBody.of(Functions.class, "lazy", List.class).returning("Ljava/util/List<Ljava/lang/String;>;");
        Replies replies = target.begin(call);
        Functions.begun.await();
        target.cancel(call, 60000);
        Answer answer = new Answer(replies.next());
        assertThat(answer.interrupted).isTrue();
        assertThat(answer.outcome).isEqualTo(Answer.NOT_PORTABLE);
        assertThat(target.call(SEEN).value(boolean.class)).isEqualTo(false);
    }

    @Test
    void whatBlocksWhileItsFailureIsToldIsReportedAndReplaced() throws Exception {
        CallBody call = CallBody.of(Functions.class, "throwLazy", void.class);
        Replies replies = target.begin(call);
        Functions.begun.await();
        target.cancel(call, 0);
        target.context.calls.tick(System.nanoTime() + 1_000_000_000L);
        assertThat(Text.string(target.stuck.next().body)).contains(Functions.class.getName());
        assertThat(target.call(SEEN).value(boolean.class)).isEqualTo(false);
        Functions.release.countDown();
        assertThat(new Answer(replies.next()).thrown().message).isEqualTo("told at last");
    }

    @Test
    void aCancelThatComesTooLateDoesNothing() throws Exception {
        CallBody call = CallBody.of(Functions.class, "run", void.class);
        assertThat(target.call(call).interrupted).isFalse();
        target.cancel(call, 0);
        assertThat(target.call(SEEN).value(boolean.class)).isEqualTo(false);
    }

    @Test
    void aCancelAtAnyMomentNeverReachesTheNextCall() throws Exception {
        for (int i = 0; i < 2000; i++) {
            CallBody call = CallBody.of(Functions.class, "run", void.class);
            Replies replies = target.begin(call);
            for (int spin = i % 50 * 20; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            target.cancel(call, 60000);
            replies.next();
            assertThat(target.call(SEEN).value(boolean.class)).as("round %d", i).isEqualTo(false);
        }
        assertThat(target.context.calls.running).isEmpty();
    }

    @Test
    void whoeverMadeNoCallOfThatNumberCancelsNone() throws Exception {
        CallBody call = CallBody.of(Functions.class, "block", void.class);
        Replies replies = target.begin(call);
        Functions.begun.await();
        byte[] body = new byte[8];
        Message.putInt(body, 0, call.number);
        target.controller.send(new Message(
                Message.CONTROL | Message.LAST, 6, 6, Target.ID, Handles.CANCEL, 0, 1, 0, body.length, body));
        Functions.release.countDown();
        assertThat(new Answer(replies.next()).interrupted).isFalse();
    }

    @Test
    void aCallThatGoesOnAfterItsGraceIsReportedOnceWithItsStackAndReplaced() throws Exception {
        CallBody call = CallBody.of(Functions.class, "ignoreInterrupts", void.class);
        Replies replies = target.begin(call);
        Functions.begun.await();
        target.cancel(call, 1000);
        target.context.calls.tick(System.nanoTime());
        assertThat(target.stuck.isEmpty()).isTrue();

        long later = System.nanoTime() + 2_000_000_000L;
        Replies waiting = target.begin(SEEN);
        target.context.calls.tick(later);
        target.context.calls.tick(later);

        Message report = target.stuck.next();
        assertThat(Message.getInt(report.body, 0)).isEqualTo(call.number);
        assertThat(Text.string(report.body)).contains(Functions.class.getName() + ".ignoreInterrupts");
        assertThat(target.stuck.isEmpty()).isTrue();
        // One that waited behind it runs on the worker that took its place.
        assertThat(new Answer(waiting.next()).value(boolean.class)).isEqualTo(false);
        Functions.release.countDown();
        assertThat(new Answer(replies.next()).interrupted).isTrue();
    }

    @Test
    void aCallThatIsToldToStopAgainIsInterruptedAndReportedOnce() throws Exception {
        CallBody call = CallBody.of(Functions.class, "ignoreInterrupts", void.class);
        Replies replies = target.begin(call);
        Functions.begun.await();
        target.cancel(call, 0);
        target.context.calls.tick(System.nanoTime() + 1_000_000_000L);
        target.stuck.next();
        Eventually.holds(() -> Functions.interrupts.get() == 1);

        target.cancel(call, 0);
        target.context.calls.tick(System.nanoTime() + 1_000_000_000L);
        assertThat(target.stuck.isEmpty()).isTrue();
        Functions.release.countDown();
        replies.next();
        assertThat(Functions.interrupts).hasValue(1);
    }

    @Test
    void theEndOfAContextInterruptsWhatRunsAndRefusesWhatWaits() throws Exception {
        Replies running = target.begin(CallBody.of(Functions.class, "block", void.class));
        Functions.begun.await();
        Replies waiting = target.begin(CallBody.of(Functions.class, "run", void.class));
        target.context.calls.workers.close();
        target.context.calls.interruptAll();
        assertThat(new Answer(running.next()).interrupted).isTrue();
        assertThat(new Answer(waiting.next()).outcome).isEqualTo(Answer.REFUSED);
        assertThat(new Answer(target.begin(SEEN).next()).text()).isEqualTo(Calls.BUSY);
        Eventually.holds(() -> target.context.calls.running.isEmpty());
    }

    /** What is called. */
    static final class Functions {
        static volatile CountDownLatch begun;
        static volatile CountDownLatch release;
        static volatile boolean ran;
        static final AtomicInteger interrupts = new AtomicInteger();

        static void block() throws InterruptedException {
            begun.countDown();
            release.await();
        }

        static void run() {
            ran = true;
        }

        static boolean isInterrupted() {
            return Thread.currentThread().isInterrupted();
        }

        static boolean interruptItself() {
            Thread.currentThread().interrupt();
            return isInterrupted();
        }

        static List<String> lazy() {
            return new AbstractList<>() {
                @Override
                public String get(int index) {
                    try {
                        block();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "";
                }

                @Override
                public int size() {
                    return 1;
                }
            };
        }

        static void throwLazy() {
            throw new RuntimeException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    ignoreInterrupts();
                    return "told at last";
                }
            };
        }

        static void ignoreInterrupts() {
            begun.countDown();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                }
            }
        }
    }
}
