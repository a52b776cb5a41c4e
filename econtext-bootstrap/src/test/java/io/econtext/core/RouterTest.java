package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A context with id 10 in the middle of a tree: above it 3 and 0, below it 11 alone and 20 with 21 to 29 behind it. */
class RouterTest {
    private static final byte[] HI = Text.bytes("hi");

    private final Witness witness = new Witness();
    private final Router router = new Router(10, new int[] {3, 0}, witness);
    private final ScriptedLink up = ScriptedLink.toParent(router);
    private final ScriptedLink near = new ScriptedLink(router, 11, 11);
    private final ScriptedLink far = new ScriptedLink(router, 20, 29);
    private final Inbox inbox = new Inbox();
    private final int handle = router.register(inbox);

    @Test
    void messagesGoDownWhereTheirDestinationIsAndElseUp() {
        for (int destination : new int[] {11, 20, 25, 29, 30, 0, 3, 12}) {
            router.send(router.message(Message.NORMAL, destination, 1024, 0, HI));
        }
        assertThat(destinations(near)).containsExactly(11);
        assertThat(destinations(far)).containsExactly(20, 25, 29);
        assertThat(destinations(up)).containsExactly(30, 0, 3, 12);
    }

    @Test
    void whatPassesThroughGoesTheSameWay() {
        up.feed(new Frame(0, 25, 1024).body(HI));
        far.feed(new Frame(25, 11, 1024).body(HI), new Frame(22, 99, 1024).body(HI));
        assertThat(destinations(far)).containsExactly(25);
        assertThat(destinations(near)).containsExactly(11);
        assertThat(destinations(up)).containsExactly(99);
    }

    @Test
    void whatPassesThroughIsNotChanged() {
        far.feed(new Frame(25, 11, 77)
                .flags(Message.BULK | Message.LAST | Message.BOUNCED)
                .authority(26)
                .replyTo(5)
                .id(-3)
                .body(HI));
        assertThat(near.frame())
                .usingRecursiveComparison()
                .isEqualTo(new Message(
                        Message.BULK | Message.LAST | Message.BOUNCED, 25, 26, 11, 77, 5, -3, 0, HI.length, HI));
    }

    @Test
    void aMessageToOneselfNeedsNoLink() {
        router.send(router.message(Message.NORMAL, 10, handle, 0, HI));
        assertThat(inbox.texts()).containsExactly("hi");
        assertThat(up.frames()).isEmpty();
    }

    @Test
    void aFalseSourceIsDroppedAndReported() {
        near.feed(new Frame(20, 10, handle).authority(11).body(HI));
        far.feed(new Frame(11, 10, handle).authority(20).body(HI), new Frame(30, 0, 1).authority(20));
        near.feed(new Frame(10, 10, handle).authority(11), new Frame(0, 10, handle).authority(11));
        assertThat(inbox.messages).isEmpty();
        assertThat(up.frames()).isEmpty();
        assertThat(witness.refusals)
                .hasSize(5)
                .startsWith("claims to come from 20 on behalf of 11", "claims to come from 11 on behalf of 20");
    }

    @Test
    void aFalseAuthorityIsDroppedAndReported() {
        near.feed(new Frame(11, 10, handle).authority(0).body(HI), new Frame(11, 20, 2).authority(12));
        far.feed(new Frame(20, 3, 2).authority(10));
        assertThat(inbox.messages).isEmpty();
        assertThat(up.frames()).isEmpty();
        assertThat(far.frames()).isEmpty();
        assertThat(witness.refusals).hasSize(3);
    }

    @Test
    void aContextMaySpeakOnBehalfOfItsOwnSubtree() {
        far.feed(new Frame(20, 10, handle).authority(27).body(HI));
        assertThat(inbox.messages).extracting(m -> m.authority).containsExactly(27);
    }

    @Test
    void fromAboveAnySourceIsTakenAsItWasCheckedThere() {
        up.feed(new Frame(99, 10, handle).body(HI));
        assertThat(inbox.messages).extracting(m -> m.source).containsExactly(99);
    }

    @Test
    void anUnknownHandleIsAnsweredOnBehalfOfItsContext() {
        near.feed(new Frame(11, 10, 4711).replyTo(5).body(HI));
        assertBounced(near.frame(), Router.NO_HANDLE + 4711);
    }

    @Test
    void anUnknownContextIsAnswered() {
        // Below the block of 10, or so the parent thinks.
        up.feed(new Frame(0, 19, 1024).replyTo(5).body(HI));
        Message back = up.frame();
        assertThat(back.destination).isZero();
        assertThat(back.source).isEqualTo(10);
        assertThat(back.authority).isEqualTo(19);
        assertThat(back.isBounced()).isTrue();
        assertThat(Text.string(back.body)).isEqualTo(Router.NO_CONTEXT + 19);
    }

    @Test
    void aContextThatNoOneKnowsIsAnsweredByTheController() {
        Router controller = new Router(0, new int[0], witness);
        ScriptedLink below = new ScriptedLink(controller, 1, 1);
        below.feed(new Frame(1, 2, 1024).replyTo(5));
        assertThat(Text.string(below.frame().body)).isEqualTo(Router.NO_CONTEXT + 2);
        int own = controller.register(inbox);
        controller.send(controller.message(Message.NORMAL, 2, 1024, own, HI));
        assertThat(inbox.texts()).containsExactly("bounced: " + Router.NO_CONTEXT + 2);
    }

    @Test
    void aContextWhoseLinkIsGoneIsNotSentBackUp() {
        near.end("gone");
        up.feed(new Frame(0, 11, 1024).replyTo(5));
        assertThat(Text.string(up.frame().body)).isEqualTo(Router.NO_CONTEXT + 11);
    }

    @Test
    void whatWantsNoReplyIsNotAnswered() {
        near.feed(new Frame(11, 10, 4711).body(HI));
        up.feed(new Frame(0, 19, 1024).body(HI));
        assertThat(near.frames()).isEmpty();
        assertThat(up.frames()).isEmpty();
    }

    @Test
    void whatCameBackIsNeverSentBack() {
        near.feed(new Frame(11, 10, 4711)
                .flags(Message.BOUNCED | Message.LAST)
                .replyTo(5)
                .body(HI));
        up.feed(new Frame(0, 19, 1024)
                .flags(Message.BOUNCED | Message.LAST)
                .replyTo(5)
                .body(HI));
        assertThat(near.frames()).isEmpty();
        assertThat(up.frames()).isEmpty();
    }

    @Test
    void whatDoesNotFitTheQueueIsAnswered() {
        byte[] large = new byte[Message.FRAGMENT];
        for (int i = 0; i < Outbox.LIMIT / Message.FRAGMENT; i++) {
            router.send(router.message(Message.NORMAL, 11, 1024, 0, large));
        }
        far.feed(new Frame(20, 11, 1024).replyTo(5).body(large));
        assertBounced(far.frame(), Router.CONGESTED);
        assertThat(router.trySend(router.message(Message.NORMAL, 11, 1024, 0, large)))
                .isFalse();
        router.send(router.message(Message.NORMAL, 11, 1024, handle, large));
        assertThat(inbox.texts()).containsExactly("bounced: " + Router.CONGESTED);
    }

    @Test
    void onlyAncestorsUseTheHandlesThatAreTheirs() {
        Inbox calls = new Inbox(Handler.ANCESTORS);
        router.register(Handles.CALL, calls);
        up.feed(new Frame(0, 10, Handles.CALL), new Frame(3, 10, Handles.CALL));
        assertThat(calls.messages).hasSize(2);

        up.feed(new Frame(4, 10, Handles.CALL).replyTo(5));
        near.feed(new Frame(11, 10, Handles.CALL).replyTo(5));

        assertThat(calls.messages).hasSize(2);
        assertThat(Text.string(up.frame().body)).isEqualTo(Router.NOT_ALLOWED + Handles.CALL);
        assertBounced(near.frame(), Router.NOT_ALLOWED + Handles.CALL);
        assertThat(witness.refusals).hasSize(2).containsOnly(Router.NOT_ALLOWED + Handles.CALL);
    }

    @Test
    void onlyThePeerMayUseAHandleThatWaitsForIt() {
        Inbox waiting = new Inbox(25);
        int reply = router.register(waiting);
        far.feed(new Frame(26, 10, reply).body(Text.bytes("forged")));
        near.feed(new Frame(11, 10, reply).body(Text.bytes("forged")));
        up.feed(new Frame(0, 10, reply).body(Text.bytes("forged")));
        assertThat(waiting.messages).isEmpty();
        assertThat(witness.refusals).hasSize(3).containsOnly(Router.NOT_ALLOWED + reply);

        far.feed(new Frame(25, 10, reply).body(HI));
        assertThat(waiting.texts()).containsExactly("hi");
    }

    @Test
    void whatCameBackIsTakenFromAnyHopThatSpeaksForThePeer() {
        Inbox waiting = new Inbox(25);
        int reply = router.register(waiting);
        far.feed(new Frame(20, 10, reply)
                .authority(25)
                .flags(Message.BOUNCED | Message.LAST)
                .body(HI));
        assertThat(waiting.texts()).containsExactly("bounced: hi");
    }

    @Test
    void whoBreaksARuleBehindTheNeighbourIsRefusedAndTheNeighbourGoesOn() {
        int strict = router.register(new Handler(Handler.ANYONE) {
            @Override
            public void handle(Message m) {
                throw new LinkException("broke a rule");
            }
        });
        far.feed(new Frame(21, 10, strict).body(HI), new Frame(20, 10, handle).body(HI));
        up.feed(new Frame(7, 10, strict).body(HI), new Frame(3, 10, handle).body(HI));
        assertThat(witness.refusals).containsExactly("broke a rule", "broke a rule");
        assertThat(inbox.texts()).containsExactly("hi", "hi");
        assertThatThrownBy(() -> far.feed(new Frame(20, 10, strict).body(HI)))
                .isInstanceOf(LinkException.class)
                .hasMessage("broke a rule");
    }

    @Test
    void aHandleCanNotBeRegisteredTwiceButAgain() {
        router.register(7, inbox);
        assertThatThrownBy(() -> router.register(7, new Inbox()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("handle 7 is taken");
        assertThat(router.unregister(7)).isSameAs(inbox);
        assertThat(router.unregister(7)).isNull();
        router.register(7, inbox);
    }

    @Test
    void numbersThatAreGivenOutAreNeverTheSameWhileTheyAreUsed() {
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            given.add(router.register(new Inbox()));
        }
        assertThat(given).doesNotHaveDuplicates().doesNotContain(handle).allMatch(h -> h >= Handles.DYNAMIC);
        assertThat(router.handles()).isEqualTo(1001);
    }

    @Test
    void aLostLinkWakesExactlyThoseWhoWaitForSomethingBehindIt() {
        Inbox child = new Inbox(11);
        Inbox grandchild = new Inbox(25);
        Inbox parent = new Inbox(3);
        Inbox cousin = new Inbox(99);
        Inbox self = new Inbox(10);
        for (Inbox waiting : new Inbox[] {child, grandchild, parent, cousin, self}) {
            router.register(waiting);
        }

        far.end("cut");
        assertThat(grandchild.losses).containsExactly("cut");
        assertThat(child.losses).isEmpty();

        up.end("silent");
        assertThat(parent.losses).containsExactly("silent");
        assertThat(cousin.losses).containsExactly("silent");
        assertThat(child.losses).isEmpty();

        near.end("over");
        assertThat(child.losses).containsExactly("over");
        assertThat(grandchild.losses).hasSize(1);
        assertThat(inbox.losses).isEmpty();
        assertThat(self.losses).isEmpty();
        assertThat(witness.losses).containsExactly("cut", "silent", "over");
    }

    private static List<Integer> destinations(ScriptedLink link) {
        List<Integer> destinations = new ArrayList<>();
        for (Message m : link.frames()) {
            destinations.add(m.destination);
        }
        return destinations;
    }

    private static void assertBounced(Message back, String reason) {
        assertThat(Text.string(back.body)).isEqualTo(reason);
        assertThat(back.isBounced()).isTrue();
        assertThat(back.source).isEqualTo(10);
        assertThat(back.handle).isEqualTo(5);
        assertThat(back.replyTo).isZero();
        assertThat(back.flags & Message.PRIORITY).isEqualTo(Message.CONTROL);
    }
}
