package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.call.CallQueue;
import io.econtext.testing.NoThreadLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The calls of a chain where they run, of which some never come. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class CallQueueTest {
    private static final int NOT_RUN = 4;

    private Target target;
    private int handles;
    private int queue;

    @BeforeEach
    void open() {
        target = new Target(2);
        Context.current = target.context;
        handles = target.context.router.handles();
        queue = CallQueue.open();
        Functions.begun = new CountDownLatch(1);
        Functions.release = new CountDownLatch(1);
        Functions.ran.clear();
    }

    @AfterEach
    void close() {
        Functions.release.countDown();
        target.close();
        Context.current = null;
    }

    @Test
    void callsRunInOrderAndEachIsAnswered() throws Exception {
        List<Replies> replies = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            replies.add(begin(run(i)));
        }
        for (Replies reply : replies) {
            assertThat(new Answer(reply.next()).outcome).isEqualTo(Answer.VALUE);
        }
        assertThat(Functions.ran).hasSize(100).isSorted();
        assertThat(target.context.calls.running).isEmpty();
    }

    @Test
    void behindACallThatDidNotComeNoneIsRun() throws Exception {
        begin(run(1)).next();
        assertThat(new Answer(begin(run(3)).next()).outcome).isEqualTo(NOT_RUN);
        assertThat(new Answer(begin(run(4)).next()).outcome).isEqualTo(NOT_RUN);
        assertThat(new Answer(begin(run(1)).next()).outcome).isEqualTo(Answer.VALUE);
        assertThat(Functions.ran).containsExactly(1, 1);
        assertThat(target.context.calls.running).isEmpty();
    }

    @Test
    void aCallThatWasInterruptedAndReturnsNeverthelessIsAFailure() throws Exception {
        CallBody stubborn =
                CallBody.of(Functions.class, "ignoreInterrupts", void.class).turn(1);
        Replies first = begin(stubborn);
        Replies second = begin(run(2));
        Functions.begun.await();
        target.cancel(stubborn, 60000);
        assertThat(new Answer(second.next()).outcome)
                .as("before the first ends")
                .isEqualTo(NOT_RUN);
        assertThat(new Answer(begin(run(3)).next()).outcome).isEqualTo(NOT_RUN);
        Functions.release.countDown();
        Answer answer = new Answer(first.next());
        assertThat(answer.outcome).isEqualTo(Answer.VALUE);
        assertThat(answer.interrupted).isTrue();
        assertThat(new Answer(begin(run(4)).next()).outcome).isEqualTo(NOT_RUN);
        assertThat(Functions.ran).isEmpty();
    }

    @Test
    void moreCallsThanMayWaitAreRefusedAndSoAreThoseBehindThem() throws Exception {
        Replies first = begin(
                CallBody.of(Functions.class, "ignoreInterrupts", void.class).turn(1));
        Replies last = null;
        int number = 1;
        do {
            last = begin(run(++number));
        } while (last.isEmpty());
        assertThat(new Answer(last.next()).text()).isEqualTo("too many calls of its chain wait");
        assertThat(number).isBetween(Workers.MAX_QUEUE, Workers.MAX_QUEUE + 2);
        assertThat(new Answer(begin(run(++number)).next()).outcome).isEqualTo(NOT_RUN);
        Functions.release.countDown();
        assertThat(new Answer(first.next()).outcome).isEqualTo(Answer.VALUE);
    }

    @Test
    void aClosingContextRunsWhatWaitsAndTakesNoMore() throws Exception {
        Replies first = begin(
                CallBody.of(Functions.class, "ignoreInterrupts", void.class).turn(1));
        Replies second = begin(run(2));
        target.context.calls.workers.close();
        Functions.release.countDown();
        assertThat(new Answer(first.next()).outcome).isEqualTo(Answer.VALUE);
        assertThat(new Answer(second.next()).outcome).isEqualTo(Answer.VALUE);
        assertThat(target.context.calls.workers.await(30000)).isTrue();
        assertThat(new Answer(begin(run(3)).next()).text()).isEqualTo(Calls.BUSY);
        assertThat(new Answer(begin(run(4)).next()).outcome).isEqualTo(NOT_RUN);
    }

    @Test
    void anEmptyMessageEndsIt() throws Exception {
        Replies first = begin(run(1));
        target.controller.send(target.controller.message(Message.BULK, Target.ID, queue, 0, new byte[0]));
        assertThat(new Answer(first.next()).outcome).isEqualTo(Answer.VALUE);
        assertThat(begin(run(2)).next().isBounced()).isTrue();
        assertThat(target.context.router.handles()).isEqualTo(handles);
    }

    private static CallBody run(int turn) {
        return CallBody.of(Functions.class, "run", void.class, int.class)
                .with(turn)
                .turn(turn);
    }

    private Replies begin(CallBody call) {
        Replies replies = new Replies();
        int handle = target.controller.register(replies);
        target.controller.send(target.controller.message(Message.BULK, Target.ID, queue, handle, call.bytes()));
        return replies;
    }

    /** What is called. */
    static final class Functions {
        static volatile CountDownLatch begun;
        static volatile CountDownLatch release;
        static final List<Integer> ran = new CopyOnWriteArrayList<>();

        static void run(int number) {
            ran.add(number);
        }

        static void ignoreInterrupts() {
            begun.countDown();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    // As asked.
                }
            }
        }
    }
}
