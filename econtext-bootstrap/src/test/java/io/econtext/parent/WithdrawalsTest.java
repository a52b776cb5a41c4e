package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Wire;
import io.econtext.core.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What child 1, to whose own children 10 to 19 are leased, says of contexts that are gone. */
class WithdrawalsTest {
    private final Witness witness = new Witness();
    private final List<String> told = new ArrayList<>();
    private final Router router = new Router(0, new int[0], witness);
    private final Router child = new Router(1, new int[] {0}, new Witness());
    private final Link link = new Wire(router, child).down;
    private final Withdrawals withdrawals =
            new Withdrawals(router, (from, blocks, reason, body) -> told.add(Arrays.toString(blocks) + reason));
    private final Passage passage = new Passage(router, withdrawals, false);
    private final Refused refused = new Refused(child);

    @BeforeEach
    void lease() {
        router.register(Handles.GONE, withdrawals);
        new Leases(router).grant(1, 10, 19);
    }

    @Test
    void whoIsGoneIsToldOnce() {
        gone(12, 12);
        gone(11, 11, 14, 19);
        gone(12, 12);
        assertThat(told).containsExactly("[12, 12]why", "[11, 11, 14, 19]why");
        assertThat(witness.refusals).isEmpty();
    }

    @Test
    void whatIsNotInOrderOrNamedTwiceIsRefused() {
        gone(12, 12, 11, 11);
        gone(12, 14, 14, 15);
        gone(13, 12);
        gone(1, 1);
        gone(10, 20);
        assertThat(told).isEmpty();
        assertThat(witness.refusals).hasSize(5).containsOnly(Withdrawals.NOT_LEASED);
    }

    @Test
    void moreBlocksThanThereAreIdsAreRefusedUnread() {
        byte[] body = new byte[4 + 8 * 100_000];
        Message.putInt(body, 0, 100_000);
        withdrawals.handle(new Message(Message.LAST, 1, 1, 0, Handles.GONE, 0, 1, 0, body.length, body));
        assertThat(witness.refusals).containsExactly(Withdrawals.NOT_LEASED);
    }

    @Test
    void nothingIsKeptForALinkThatIsLost() {
        link.end("gone");
        withdrawals.sent(link, 5);
        passage.passing(link, null, new Message(0, 1, 1, 5, 1024, 0, 1, 0, 100, new byte[10]));
        refused.add(link, "lied", 0);
        assertThat(Remembered.links(withdrawals)).isZero();
        assertThat(Remembered.messages(passage)).isZero();
        assertThat(refused.counts).isEmpty();
    }

    private void gone(int... blocks) {
        child.send(child.message(Message.CONTROL, 0, Handles.GONE, 0, Withdrawals.body(blocks, "why")));
    }
}
