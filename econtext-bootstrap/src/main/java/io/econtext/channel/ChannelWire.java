package io.econtext.channel;

import io.econtext.core.Message;
import io.econtext.core.Text;
import java.util.Arrays;

/**
 * The bytes of channels.
 *
 * <pre>
 * a sender as a value:  binary: i32 context   i32 handle of the receiver   16 bytes key   i32 window
 * to the receiver:      16 bytes key   u8 kind (0 item, 1 end, 2 failure)   Smile, or nothing, or UTF-8
 *                       with the sender's own handle as the reply handle
 * to the sender:        16 bytes key   u8 kind (3 credit, 4 closed)   i32 bytes of credit
 * </pre>
 *
 * The key opens the handle; a number alone opens nothing. A sender may send while it has credit and then owes the size
 * of the item, so its debt is at most one item. It begins with a window of credit; the receiver returns what was
 * received whenever that is half a window.
 */
final class ChannelWire {
    static final int KEY = 16;
    static final int HEADER = KEY + 1;
    static final int ITEM = 0;
    static final int END = 1;
    static final int FAILURE = 2;
    static final int CREDIT = 3;
    static final int CLOSED = 4;
    static final int REFERENCE = 12 + KEY;

    private ChannelWire() {}

    static byte[] message(byte[] key, int kind, byte[] payload) {
        byte[] body = Arrays.copyOf(key, HEADER + payload.length);
        body[KEY] = (byte) kind;
        System.arraycopy(payload, 0, body, HEADER, payload.length);
        return body;
    }

    static byte[] credit(byte[] key, int kind, int credit) {
        byte[] payload = new byte[4];
        Message.putInt(payload, 0, credit);
        return message(key, kind, payload);
    }

    static boolean fits(Message m, byte[] key) {
        if (m.body.length < HEADER) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < KEY; i++) {
            difference |= m.body[i] ^ key[i];
        }
        return difference == 0;
    }

    /** Whether it is credit; whatever it says, it is some. */
    static boolean isCredit(Message m, byte[] key) {
        return fits(m, key)
                && m.body[KEY] == CREDIT
                && m.body.length == HEADER + 4
                && Message.getInt(m.body, HEADER) > 0;
    }

    static String text(Message m) {
        return m.body.length < HEADER ? "" : Text.string(Arrays.copyOfRange(m.body, HEADER, m.body.length));
    }
}
