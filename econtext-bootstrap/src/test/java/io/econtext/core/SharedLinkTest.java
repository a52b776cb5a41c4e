package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.parent.Passage;
import io.econtext.parent.Withdrawals;
import org.junit.jupiter.api.Test;

/** The link from context 10 to its parent, by which 11, and 20 with 21 to 29 behind it, send as well. */
class SharedLinkTest {
    private static final int LONG = ScriptedLink.MAX_MESSAGE;

    private final Router router = new Router(10, new int[] {0}, new Passing());
    private final Passage passage =
            new Passage(router, new Withdrawals(router, (from, blocks, reason, body) -> {}), false);
    private final ScriptedLink up = ScriptedLink.toParent(router);
    private final ScriptedLink near = new ScriptedLink(router, 11, 11);
    private final ScriptedLink far = new ScriptedLink(router, 20, 29);

    @Test
    void whoSaysThatAllIsUrgentHoldsUpNobodyElse() {
        for (int i = 0; i < 100; i++) {
            near.feed(
                    new Frame(11, 0, 1024).flags(Message.CONTROL | Message.LAST).body(new byte[Message.FRAGMENT]));
        }
        far.feed(new Frame(25, 0, 1024).flags(Message.BULK | Message.LAST).body(new byte[10]));
        router.send(router.message(Message.BULK, 0, 1024, 0, new byte[10]));
        assertThat(up.frames().subList(0, 4)).extracting(m -> m.source).contains(10, 25);
    }

    @Test
    void whoFillsItsShareLeavesRoomForOthers() {
        fill(near, 11);
        far.feed(new Frame(20, 0, 1024).replyTo(5).body(new byte[10]));
        assertThat(far.frames()).isEmpty();
        assertThat(router.trySend(router.message(Message.NORMAL, 0, 1024, 0, new byte[10])))
                .isTrue();
    }

    @Test
    void aMessageInPartsHasRoomBeyondTheLimit() {
        fill(near, 11);
        near.frames();
        for (int index = 0; index < LONG / Message.FRAGMENT; index++) {
            near.feed(part(index).body(new byte[Message.FRAGMENT]).total(LONG));
        }
        assertThat(near.frames()).isEmpty();
        assertThat(up.frames().stream().filter(m -> m.total == LONG)).hasSize(LONG / Message.FRAGMENT);
    }

    @Test
    void whatMessagesInPartsAreLentIsBounded() {
        fill(near, 11);
        near.frames();
        long most = Math.min(Runtime.getRuntime().maxMemory() / 8 * 3, 1 << 30) / LONG;
        for (int id = 1; id <= most + 10; id++) {
            near.feed(part(0).id(id).body(new byte[Message.FRAGMENT]).total(LONG));
        }
        assertThat(near.frames()).hasSize(10).allMatch(Message::isBounced);
        up.frames();
        fill(far, 20);
        far.frames();
        far.feed(new Frame(20, 0, 1024)
                .flags(Message.NORMAL)
                .body(new byte[Message.FRAGMENT])
                .total(LONG));
        assertThat(far.frames()).as("what was lent is given back").isEmpty();
    }

    @Test
    void whatIsRefusedAsAWholeLeavesNothingForItsDestination() {
        fill(near, 11);
        assertThat(near.frames()).isNotEmpty();
        assertThat(up.frames()).noneMatch(Message::isBounced);
    }

    @Test
    void lossesAndLeasesAlwaysHaveRoomAndGoFirst() {
        far.feed(new Frame(20, 0, 1024).body(new byte[10]));
        while (router.trySend(router.message(Message.CONTROL, 0, 1024, 0, new byte[Message.FRAGMENT]))) {}
        for (int handle : new int[] {Handles.GONE, Handles.LEASE}) {
            assertThat(router.trySend(router.message(Message.CONTROL, 0, handle, 0, new byte[10])))
                    .isTrue();
        }
        assertThat(up.frames().subList(0, 2)).extracting(m -> m.handle).containsExactly(Handles.GONE, Handles.LEASE);
    }

    /** Sends to the parent until that finds no room. */
    private static void fill(ScriptedLink link, int source) {
        for (int i = 0; i <= Outbox.LIMIT / Message.FRAGMENT; i++) {
            link.feed(new Frame(source, 0, 1024).replyTo(5).body(new byte[Message.FRAGMENT]));
        }
    }

    private static Frame part(int index) {
        return new Frame(11, 0, 1024).replyTo(5).index(index).flags(Message.NORMAL);
    }

    private final class Passing implements Router.Watcher {
        @Override
        public void lost(Link link, String reason) {}

        @Override
        public void refused(Link link, Message message, String why) {}

        @Override
        public String passing(Link from, Link to, Message message) {
            return passage.passing(from, to, message);
        }
    }
}
