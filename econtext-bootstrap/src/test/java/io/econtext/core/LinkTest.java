package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a neighbour sends, cut into frames or refused. */
class LinkTest {
    private final Witness witness = new Witness();
    private final Router router = new Router(0, new int[0], witness);
    private final ScriptedLink link = new ScriptedLink(router, 1, 1);
    private final Inbox inbox = new Inbox();
    private final int handle = router.register(inbox);

    @Test
    void whatIsBehindItIsKnownByItsBlocks() {
        link.leased = new int[] {1, 6, 9, 20, 30, 30};
        for (int id : new int[] {1, 3, 6, 9, 20, 30}) {
            assertThat(link.covers(id)).as("%d", id).isTrue();
        }
        for (int id : new int[] {-1, 0, 7, 8, 21, 29, 31}) {
            assertThat(link.covers(id)).as("%d", id).isFalse();
        }
    }

    @Test
    void framesCutAtAnyByteArriveWhole() {
        byte[] stream =
                Frame.join(text("one").bytes(), text("two").extensions(5, 1, 9).bytes(), text("").bytes());
        for (int cut = 0; cut <= stream.length; cut++) {
            inbox.messages.clear();
            link.feed(Arrays.copyOf(stream, cut));
            link.feed(Arrays.copyOfRange(stream, cut, stream.length));
            assertThat(inbox.texts()).as("cut at %d", cut).containsExactly("one", "two", "");
        }
    }

    @Test
    void framesThatTrickleByteByByteArriveWhole() {
        for (byte b : Frame.join(text("one").bytes(), text("two").bytes())) {
            link.feed(new byte[] {b});
        }
        assertThat(inbox.texts()).containsExactly("one", "two");
    }

    @Test
    void framesMayLieAnywhereInAnArray() {
        byte[] frame = text("here").bytes();
        link.received(Frame.join(new byte[7], frame, new byte[5]), 7, frame.length);
        assertThat(inbox.texts()).containsExactly("here");
    }

    @Test
    void unknownOptionalExtensionsAreSkipped() {
        link.feed(text("skipped").extensions(1, 0, 127, 3, 0xFF, 0xFF, 0xFF));
        assertThat(inbox.texts()).containsExactly("skipped");
    }

    @Test
    void theLongestExtensionsAreSkipped() {
        int[] extensions = new int[1024];
        extensions[1] = 255;
        extensions[258] = 255;
        extensions[515] = 255;
        extensions[772] = 251;
        link.feed(text("skipped").extensions(extensions));
        assertThat(inbox.texts()).containsExactly("skipped");
    }

    @Test
    void anUnknownMandatoryExtensionIsRefusedWhereverItStands() {
        assertThatThrownBy(() -> link.feed(text("x").extensions(3, 2, 0, 0, 200, 0)))
                .isInstanceOf(LinkException.class)
                .hasMessage("needs extension 200, which is unknown here");
        assertThat(inbox.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 127, 255})
    void anotherVersionIsRefused(int version) {
        assertThatThrownBy(() -> link.feed(text("x").version(version)))
                .isInstanceOf(LinkException.class)
                .hasMessage("speaks version " + (byte) version + " of the protocol, not 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {65537, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void aPayloadThatCanNotBeIsRefused(int size) {
        assertMalformed(text("x").size(size).total(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 0, -1, Integer.MIN_VALUE})
    void aTotalBelowThePayloadIsRefused(int total) {
        assertMalformed(text("abc").total(total));
    }

    @Test
    void aMessageBeyondTheLimitIsRefusedByItsFirstHeader() {
        assertThatThrownBy(() -> link.feed(Arrays.copyOf(
                        text("x").total(ScriptedLink.MAX_MESSAGE + 1).bytes(), Message.HEADER)))
                .isInstanceOf(LinkException.class)
                .hasMessage("sent a message of 1048577 bytes; the limit is 1048576");
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, 65535})
    void tooManyExtensionsAreRefused(int bytes) {
        assertMalformed(text("x").extensions(new int[bytes]));
    }

    @Test
    void anExtensionThatReachesIntoThePayloadIsRefused() {
        assertMalformed(text("abcdef").extensions(1, 3, 0, 0));
    }

    @Test
    void halfAnExtensionIsRefused() {
        assertMalformed(text("").extensions(1));
    }

    @Test
    void whoAcknowledgesWhatWasNeverSentIsRefused() {
        link.send(router.message(Message.NORMAL, 1, 1024, 0, new byte[6]));
        link.bytes();
        link.feed(text("read all").acknowledged(50));
        assertThat(inbox.texts()).containsExactly("read all");
        assertMalformed(text("x").acknowledged(51));
    }

    @Test
    void nothingIsDeliveredBehindABrokenFrame() {
        byte[] stream = Frame.join(
                text("good").bytes(),
                text("bad").version(9).bytes(),
                text("behind").bytes());
        assertThatThrownBy(() -> link.feed(stream)).isInstanceOf(LinkException.class);
        link.end("broken");
        link.feed(text("later"));
        assertThat(inbox.texts()).containsExactly("good");
    }

    @Test
    void nothingIsDeliveredOnceAHandlerHasEndedTheLink() {
        int ending = router.register(new Handler(-1) {
            @Override
            public void handle(Message m) {
                link.end("enough");
            }
        });
        link.feed(Frame.join(
                text("before").bytes(),
                new Frame(1, 0, ending).bytes(),
                text("behind").bytes()));
        assertThat(inbox.texts()).containsExactly("before");
    }

    @Test
    void anotherLinkGoesOn() {
        ScriptedLink other = new ScriptedLink(router, 2, 2);
        assertThatThrownBy(() -> link.feed(text("bad").version(9))).isInstanceOf(LinkException.class);
        link.end("broken");
        other.feed(new Frame(2, 0, handle).body(Text.bytes("fine")));
        assertThat(inbox.texts()).containsExactly("fine");
    }

    @Test
    void endsOnce() {
        link.end("first");
        link.end("second");
        assertThat(witness.losses).containsExactly("first");
        assertThat(link.closed).isTrue();
    }

    @Test
    void takesNothingMoreOnceItHasEnded() {
        link.end("gone");
        assertThat(link.send(router.message(Message.CONTROL, 1, 1024, 0, new byte[0])))
                .isFalse();
        assertThat(link.bytes()).isEmpty();
    }

    @Test
    void countsBytesBothWays() {
        link.feed(text("abc"));
        link.send(router.message(Message.NORMAL, 1, 1024, 0, new byte[6]));
        link.bytes();
        assertThat(link.bytesIn()).isEqualTo(47);
        assertThat(link.bytesOut()).isEqualTo(50);
    }

    private Frame text(String text) {
        return new Frame(1, 0, handle).body(Text.bytes(text));
    }

    private void assertMalformed(Frame frame) {
        assertThatThrownBy(() -> link.feed(frame))
                .isInstanceOf(LinkException.class)
                .hasMessage(Link.MALFORMED);
    }
}
