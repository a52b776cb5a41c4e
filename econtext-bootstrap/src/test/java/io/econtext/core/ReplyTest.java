package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ReplyTest {
    private final Router router = new Router(7, new int[] {0}, new Witness());
    private final ScriptedLink up = ScriptedLink.toParent(router);

    @AfterEach
    void leavesNoHandle() {
        assertThat(router.handles()).isZero();
    }

    @Test
    void isWhatComes() {
        Reply reply = new Reply(router, 0);
        up.feed(new Frame(0, 7, reply.handle).body(Text.bytes("answer")));
        assertThat(Text.string(reply.await(60000).body)).isEqualTo("answer");
    }

    @Test
    void mayComeWhileItIsWaitedFor() throws Exception {
        Thread waiter = Thread.currentThread();
        Reply reply = new Reply(router, 0);
        Thread parent = new Thread(() -> {
            Eventually.waits(waiter);
            up.feed(new Frame(0, 7, reply.handle).body(Text.bytes("answer")));
        });
        parent.start();
        assertThat(Text.string(reply.await(60000).body)).isEqualTo("answer");
        parent.join();
    }

    @Test
    void isAFailureWhenTheQuestionCameBack() {
        Reply reply = new Reply(router, 0);
        up.feed(new Frame(0, 7, reply.handle)
                .flags(Message.BOUNCED | Message.LAST)
                .body(Text.bytes("why")));
        assertThatThrownBy(() -> reply.await(60000))
                .isInstanceOf(LinkException.class)
                .hasMessage("why");
    }

    @Test
    void isAFailureWhenTheLinkIsLost() {
        Reply reply = new Reply(router, 0);
        up.end("cut");
        assertThatThrownBy(() -> reply.await(60000))
                .isInstanceOf(LinkException.class)
                .hasMessage("cut");
    }

    @Test
    void isAFailureWhenTheLinkWasLostBefore() {
        up.end("cut");
        Reply reply = new Reply(router, 0);
        router.send(router.message(Message.NORMAL, 0, Handles.CLASS, reply.handle, new byte[0]));
        assertThatThrownBy(() -> reply.await(60000))
                .isInstanceOf(LinkException.class)
                .hasMessage(Router.CONGESTED);
    }

    @Test
    void isAFailureWhenNothingComesInTime() {
        assertThatThrownBy(() -> new Reply(router, 0).await(1))
                .isInstanceOf(LinkException.class)
                .hasMessage("no answer within 1 ms");
    }

    @Test
    void isWaitedForThroughInterruptsWhichAreKept() throws Exception {
        Thread waiter = Thread.currentThread();
        Reply reply = new Reply(router, 0);
        Thread parent = new Thread(() -> {
            for (int i = 0; i < 3; i++) {
                Eventually.waits(waiter);
                waiter.interrupt();
                Eventually.holds(() -> !waiter.isInterrupted());
            }
            up.feed(new Frame(0, 7, reply.handle).body(Text.bytes("answer")));
        });
        parent.start();
        assertThat(Text.string(reply.await(60000).body)).isEqualTo("answer");
        assertThat(Thread.interrupted()).isTrue();
        parent.join();
    }
}
