package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private final ScriptedLink link = new ScriptedLink(new Router(0, new int[0], new Witness()), 1, 9);

    @ParameterizedTest
    @ValueSource(ints = {Message.CONTROL, Message.LOG, Message.NORMAL, Message.BULK, Message.BULK | Message.BOUNCED})
    void everyFieldOfTheHeaderSurvives(int flags) {
        Message m = new Message(
                flags | Message.LAST,
                0x81020304,
                0x11121314,
                0x21222324,
                0x31323334,
                0x41424344,
                0xF1525354,
                0,
                3,
                Text.bytes("abc"));

        link.send(m);

        assertThat(link.frame()).usingRecursiveComparison().isEqualTo(m);
    }

    @Test
    void anEmptyMessageIsAMessage() {
        link.send(message(0));

        assertThat(link.frame()).usingRecursiveComparison().isEqualTo(message(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65535, 65536, 65537, 131072, 200000})
    void aLongMessageTravelsInFragmentsOfWhichAllButTheLastAreFull(int length) {
        Message m = message(length);

        link.send(m);

        List<Message> frames = link.frames();
        assertThat(frames).hasSize((length + 65535) / 65536);
        byte[] whole = {};
        for (int i = 0; i < frames.size(); i++) {
            Message fragment = frames.get(i);
            assertThat(fragment.index).isEqualTo(i);
            assertThat(fragment.id).isEqualTo(m.id);
            assertThat(fragment.total).isEqualTo(length);
            assertThat(fragment.isLast()).isEqualTo(i == frames.size() - 1);
            assertThat(fragment.body).hasSize(fragment.isLast() ? length - i * 65536 : 65536);
            whole = Frame.join(whole, fragment.body);
        }
        assertThat(whole).isEqualTo(m.body);
    }

    @Test
    void aFragmentThatPassesThroughKeepsItsPlace() {
        Message middle = new Message(Message.NORMAL, 1, 1, 2, 1024, 0, 7, 3, 500000, new byte[Message.FRAGMENT]);

        link.send(middle);

        assertThat(link.frame()).usingRecursiveComparison().isEqualTo(middle);
    }

    @Test
    void isRenderedOnOneLine() {
        assertThat(new Message(Message.LAST, 3, 3, 0, 1024, 0, 17, 2, 70000, new byte[10]))
                .hasToString("3->0:1024 #17.2 10/70000");
    }

    private static Message message(int length) {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);
        return new Message(Message.NORMAL | Message.LAST, 0, 0, 1, 1024, 0, 7, 0, length, body);
    }
}
