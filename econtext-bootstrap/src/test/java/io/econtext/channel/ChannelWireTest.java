package io.econtext.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ChannelClosedException;
import io.econtext.Sender;
import io.econtext.core.Binder;
import io.econtext.core.Inbox;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.core.ValueException;
import io.econtext.core.Wire;
import io.econtext.core.Witness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One end of a channel each, with a script at the other. */
class ChannelWireTest {
    private final Witness witness = new Witness();
    private final Router controller = new Router(0, new int[0], witness);
    private final Router target = new Router(7, new int[] {0}, witness);
    private final Wire wire = new Wire(controller, target);
    private final Inbox inbox = new Inbox();

    private final ReceiverEnd<String> receiver =
            new ReceiverEnd<>(controller, ChannelCodec.CORE, String.class, 7, () -> {});
    private final byte[] reference = receiver.reference();
    private final byte[] key = Arrays.copyOfRange(reference, 8, 24);

    @Test
    void aReferenceTellsContextHandleKeyAndWindow() {
        assertThat(reference).hasSize(28);
        assertThat(Message.getInt(reference, 0)).isZero();
        assertThat(Message.getInt(reference, 24)).isEqualTo(ReceiverEnd.WINDOW);
        byte[] other = new ReceiverEnd<>(controller, ChannelCodec.CORE, String.class, 7, () -> {}).reference();
        assertThat(Arrays.copyOfRange(other, 8, 24)).isNotEqualTo(key);
        assertThatThrownBy(() -> SenderEnd.of(target, ChannelCodec.CORE, String.class, 100, new byte[27]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherKeyOpensNothing() throws Exception {
        byte[] wrong = key.clone();
        wrong[15] ^= 1;
        say(ChannelWire.message(wrong, ChannelWire.ITEM, smile("forged")));
        say(ChannelWire.message(wrong, ChannelWire.END, new byte[0]));
        say(Arrays.copyOf(key, ChannelWire.HEADER - 1));
        say(new byte[0]);
        assertThat(witness.refusals).hasSize(4).allMatch(why -> why.startsWith(Router.NOT_ALLOWED));
        say(ChannelWire.message(key, ChannelWire.ITEM, smile("real")));
        assertThat(receiver.receive()).isEqualTo("real");
        assertThat(witness.refusals).hasSize(4);
    }

    @Test
    void nothingComesBehindTheEnd() throws Exception {
        say(ChannelWire.message(key, ChannelWire.END, new byte[0]));
        say(ChannelWire.message(key, ChannelWire.ITEM, smile("late")));
        say(ChannelWire.message(key, ChannelWire.FAILURE, Text.bytes("late")));
        receiver.sourceEnded(null, true);
        assertThat(receiver.receive()).isNull();
    }

    @Test
    void anItemThatCanNotBeReadIsAFailureOfThatReceive() throws Exception {
        say(ChannelWire.message(key, ChannelWire.ITEM, new byte[0]));
        say(ChannelWire.message(key, ChannelWire.ITEM, new byte[] {0x3A, 0x29, 0x0A, 0x04, 0x7E, 'x'}));
        say(ChannelWire.message(key, ChannelWire.ITEM, smile("fine")));
        assertThatThrownBy(receiver::receive).isInstanceOf(ValueException.class);
        assertThatThrownBy(receiver::receive).isInstanceOf(ValueException.class);
        assertThat(receiver.receive()).isEqualTo("fine");
    }

    @Test
    void creditComesBackWhenHalfAWindowWasReceived() throws Exception {
        int back = target.register(inbox);
        byte[] item = ChannelWire.message(key, ChannelWire.ITEM, smile("x".repeat(50_000)));
        for (int i = 0; i < 3; i++) {
            target.send(target.message(Message.BULK, 0, handle(), back, item));
        }
        receiver.receive();
        receiver.receive();
        assertThat(inbox.messages).isEmpty();
        receiver.receive();
        byte[] credit = inbox.messages.get(0).body;
        assertThat(Arrays.copyOf(credit, 16)).isEqualTo(key);
        assertThat(credit[16]).isEqualTo((byte) ChannelWire.CREDIT);
        assertThat(Message.getInt(credit, 17)).isEqualTo(3 * item.length);
    }

    @Test
    void whoSendsWithoutCreditLosesTheLink() {
        byte[] item = ChannelWire.message(key, ChannelWire.ITEM, new byte[ReceiverEnd.WINDOW - ChannelWire.HEADER - 1]);
        say(item);
        say(item); // with the last byte of credit
        assertThat(witness.losses).isEmpty();
        say(ChannelWire.message(key, ChannelWire.ITEM, new byte[0]));
        assertThat(witness.losses).contains(ReceiverEnd.OVERRUN);
    }

    @Test
    void aReceiverThatWasClosedTellsItsSender() {
        int back = target.register(inbox);
        target.send(target.message(
                Message.BULK, 0, handle(), back, ChannelWire.message(key, ChannelWire.ITEM, smile("x"))));
        receiver.close();
        assertThat(inbox.messages.get(0).body[16]).isEqualTo((byte) ChannelWire.CLOSED);
        assertThat(controller.handles()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {ChannelWire.CREDIT, ChannelWire.CLOSED, 0, 99})
    void whatIsNoCreditAndNoCloseIsIgnoredByTheSender(int kind) throws Exception {
        Sender<String> sender = sender();
        sender.send("one");
        int handle = inbox.messages.get(0).replyTo;
        tell(handle, ChannelWire.message(new byte[16], kind, new byte[4]));
        tell(handle, new byte[3]);
        tell(handle, ChannelWire.message(key, ChannelWire.CREDIT, new byte[3]));
        tell(handle, ChannelWire.credit(key, ChannelWire.CREDIT, -1));
        tell(handle, ChannelWire.credit(key, ChannelWire.CREDIT, Integer.MIN_VALUE));
        sender.send("two");
        assertThat(inbox.messages).hasSize(2);
        assertThat(witness.losses).isEmpty();
    }

    @Test
    void onlyTheReceiverClosesASender() throws Exception {
        Sender<String> sender = sender();
        sender.send("one");
        int handle = inbox.messages.get(0).replyTo;
        byte[] close = ChannelWire.credit(key, ChannelWire.CLOSED, 0);
        wire.down.send(new Message(Message.LAST, 9, 9, 7, handle, 0, 1, 0, close.length, close));
        assertThat(sender.isClosed()).isFalse();
        assertThat(witness.refusals).containsExactly(Router.NOT_ALLOWED + handle);
        tell(handle, close);
        assertThat(sender.isClosed()).isTrue();
        assertThatThrownBy(() -> sender.send("two"))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage(SenderEnd.CLOSED);
    }

    /** A sender whose receiver is the inbox. */
    private Sender<String> sender() {
        byte[] to = reference.clone();
        Message.putInt(to, 4, controller.register(inbox));
        return SenderEnd.of(target, ChannelCodec.CORE, String.class, 1000, to);
    }

    private int handle() {
        return Message.getInt(reference, 4);
    }

    private void say(byte[] body) {
        target.send(target.message(Message.BULK, 0, handle(), 0, body));
    }

    private void tell(int handle, byte[] body) {
        controller.send(controller.message(Message.CONTROL, 7, handle, 0, body));
    }

    private static byte[] smile(String text) {
        return Binder.write(text, String.class);
    }
}
