package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that come in pieces, from context 20 by its own link and from those behind it. */
class FragmentsTest {
    private static final int LONG = 150000;

    private final Witness witness = new Witness();
    private final Router router = new Router(0, new int[0], witness);
    private final ScriptedLink link = new ScriptedLink(router, 20, 29);
    private final Inbox inbox = new Inbox();
    private final int handle = router.register(inbox);
    private final byte[] body = new byte[LONG];

    @BeforeEach
    void fillTheBody() {
        new Random(1).nextBytes(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {65537, 131072, 131073, 1 << 20})
    void aLongMessageIsPutTogether(int length) {
        byte[] longer = new byte[length];
        new Random(length).nextBytes(longer);
        Router other = new Router(20, new int[] {0}, witness);
        ScriptedLink sending = ScriptedLink.toParent(other);
        other.send(other.message(Message.NORMAL, 0, handle, 9, longer));

        link.feed(sending.bytes());

        Message whole = inbox.messages.get(0);
        assertThat(whole.body).isEqualTo(longer);
        assertThat(whole.index).isZero();
        assertThat(whole.total).isEqualTo(length);
        assertThat(whole.replyTo).isEqualTo(9);
        assertNothingHalf();
    }

    @Test
    void messagesWhoseFragmentsInterleaveAreKeptApart() {
        for (int index = 0; index < 3; index++) {
            link.feed(fragment(20, 1, index), fragment(20, 2, index), fragment(21, 1, index));
            link.feed(new Frame(20, 0, handle).body((byte) index));
        }
        assertThat(inbox.messages).hasSize(6);
        assertThat(inbox.messages)
                .filteredOn(m -> m.body.length > 1)
                .allSatisfy(m -> assertThat(m.body).isEqualTo(body));
        assertNothingHalf();
    }

    @Test
    void fragmentsNeedNotBeFull() {
        link.feed(piece(20, 0, 0, 1), piece(20, 1, 1, 70), piece(20, 2, 71, 65536), piece(20, 3, 65607, 65536));
        link.feed(piece(20, 4, 131143, LONG - 131143).flags(Message.LAST));
        assertThat(inbox.messages.get(0).body).isEqualTo(body);
    }

    @Test
    void aFragmentTooFewIsRefused() {
        link.feed(fragment(20, 1, 0));
        assertBroken(fragment(20, 1, 2));
    }

    @Test
    void theSameFragmentTwiceIsRefused() {
        link.feed(fragment(20, 1, 0));
        assertBroken(fragment(20, 1, 0));
    }

    @Test
    void moreThanWasAnnouncedIsRefused() {
        link.feed(piece(20, 0, 0, 65536), piece(20, 1, 65536, 65536));
        assertBroken(piece(20, 2, 0, LONG - 131072 + 1).flags(Message.LAST));
    }

    @Test
    void anEndBeforeEverythingCameIsRefused() {
        assertBroken(piece(20, 0, 0, 100).flags(Message.LAST));
    }

    @Test
    void everythingWithoutAnEndIsRefused() {
        link.feed(fragment(20, 1, 0), fragment(20, 1, 1));
        assertBroken(fragment(20, 1, 2).flags(Message.NORMAL));
    }

    @Test
    void anEmptyFragmentIsRefused() {
        assertBroken(piece(20, 0, 0, 0));
    }

    @Test
    void aTotalThatChangesIsRefused() {
        link.feed(fragment(20, 1, 0));
        assertBroken(fragment(20, 1, 1).total(LONG + 1));
    }

    @Test
    void whatIsBrokenBehindTheNeighbourCostsOnlyTheMessage() {
        link.feed(fragment(21, 1, 0), fragment(21, 1, 2), fragment(21, 1, 1));
        assertThat(witness.refusals).containsExactly(Router.BROKEN);
        assertThat(inbox.messages).isEmpty();
        assertNothingHalf();
        link.feed(fragment(21, 2, 0), fragment(21, 2, 1), fragment(21, 2, 2));
        assertThat(inbox.messages).hasSize(1);
    }

    @Test
    void theRestOfAMessageThatWasGivenUpIsIgnored() {
        link.feed(fragment(20, 1, 1), fragment(20, 1, 2));
        assertThat(inbox.messages).isEmpty();
        assertNothingHalf();
    }

    @Test
    void whatComesByOneLinkWithoutAnEndTakesAQuarterOfTheHeap() {
        int most = (int) (Runtime.getRuntime().maxMemory() / 4 / ScriptedLink.MAX_MESSAGE);
        for (int id = 1; id <= 2 * most; id++) {
            link.feed(piece(21 + id % 5, 0, 0, 1).id(id).total(ScriptedLink.MAX_MESSAGE));
        }
        assertThat(router.partials.size()).isBetween(most - 1, most + 1);
        assertThat(inbox.texts()).isNotEmpty().containsOnly("bounced: " + Router.CONGESTED);
        assertThat(witness.refusals).isEmpty();

        ScriptedLink other = new ScriptedLink(router, 30, 30);
        inbox.messages.clear();
        for (int index = 0; index < 3; index++) {
            other.feed(fragment(30, 1, index));
        }
        assertThat(inbox.messages).as("by another link").hasSize(1);
    }

    @Test
    void manySmallBeginningsAreBoundedToo() {
        int most = (int) (Runtime.getRuntime().maxMemory() / 4 / Message.FRAGMENT);
        for (int id = 1; id <= most + 10; id++) {
            link.feed(piece(21, 0, 0, 1).id(id).total(2));
        }
        assertThat(router.partials).hasSizeBetween(most - 1, most + 1);
    }

    @Test
    void whatHasNoHandleComesBackAtItsFirstFragment() {
        link.feed(new Frame(20, 0, 4711).replyTo(5).body(new byte[10]).total(LONG));
        assertNothingHalf();
        assertThat(Text.string(link.frame().body)).isEqualTo(Router.NO_HANDLE + 4711);
        link.feed(new Frame(20, 0, 4711).replyTo(5).body(new byte[10]).index(1).total(LONG));
        assertThat(link.frames()).isEmpty();
    }

    @Test
    void whatMayNotUseItsHandleComesBackAtItsFirstFragment() {
        int waiting = router.register(new Inbox(21));
        link.feed(new Frame(20, 0, waiting).replyTo(5).body(new byte[10]).total(LONG));
        assertNothingHalf();
        assertThat(Text.string(link.frame().body)).isEqualTo(Router.NOT_ALLOWED + waiting);
        assertThat(witness.refusals).containsExactly(Router.NOT_ALLOWED + waiting);
    }

    @Test
    void whatAnyoneMaySendToAWellKnownHandleIsShort() {
        router.register(Handles.LOG, inbox);
        Frame begin = new Frame(20, 0, Handles.LOG).flags(Message.NORMAL).body(new byte[10]);
        link.feed(begin.total(Router.MOST_FROM_ANYONE));
        assertThat(router.partials).hasSize(1);
        assertThatThrownBy(() -> link.feed(begin.id(1).total(Router.MOST_FROM_ANYONE + 1)))
                .hasMessage(Router.BROKEN);
        assertThat(router.partials).hasSize(1);
    }

    @Test
    void aLongMessageIsNeverInMemoryTwice() {
        int total = ScriptedLink.MAX_MESSAGE;
        int held = 0;
        for (int index = 0; index < total / Message.FRAGMENT - 1; index++) {
            link.feed(piece(20, index, 0, Message.FRAGMENT).total(total));
            int length = router.partials.values().iterator().next().bytes.length;
            assertThat(length == held ? length : held + length).isLessThan(total * 5 / 4);
            held = length;
        }
        assertThat(held).isEqualTo(total);
    }

    @Test
    void memoryGrowsWithWhatCameNotWithWhatWasAnnounced() {
        link.feed(piece(21, 0, 0, 10).total(ScriptedLink.MAX_MESSAGE));
        assertThat(router.partials.values())
                .allSatisfy(partial -> assertThat(partial.bytes).hasSizeLessThan(100));
    }

    @Test
    void aLostLinkLeavesNothingHalf() {
        link.feed(fragment(20, 1, 0), fragment(25, 1, 0));
        link.end("cut");
        assertNothingHalf();
    }

    @Test
    void aLostParentLeavesNothingHalf() {
        Router below = new Router(20, new int[] {5, 0}, witness);
        assertThat(below.register(inbox)).isEqualTo(1024);
        ScriptedLink up = ScriptedLink.toParent(below);
        ScriptedLink down = new ScriptedLink(below, 21, 21);
        for (int source : new int[] {0, 5, 77}) {
            up.feed(new Frame(source, 20, 1024)
                    .flags(Message.NORMAL)
                    .body(new byte[10])
                    .total(20));
        }
        down.feed(
                new Frame(21, 20, 1024).flags(Message.NORMAL).body(new byte[10]).total(20));
        up.end("cut");
        assertThat(below.partials).hasSize(1);
    }

    private void assertNothingHalf() {
        assertThat(router.partials).isEmpty();
    }

    private void assertBroken(Frame frame) {
        assertThatThrownBy(() -> link.feed(frame))
                .isInstanceOf(LinkException.class)
                .hasMessage(Router.BROKEN);
        assertThat(inbox.messages).isEmpty();
        assertNothingHalf();
    }

    private Frame fragment(int source, int id, int index) {
        int offset = index * Message.FRAGMENT;
        int length = Math.min(Message.FRAGMENT, LONG - offset);
        return piece(source, index, offset, length)
                .id(id)
                .flags(offset + length == LONG ? Message.NORMAL | Message.LAST : Message.NORMAL);
    }

    private Frame piece(int source, int index, int offset, int length) {
        return new Frame(source, 0, handle)
                .flags(Message.NORMAL)
                .body(Arrays.copyOfRange(body, offset, offset + length))
                .index(index)
                .total(LONG);
    }
}
