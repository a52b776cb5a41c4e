package io.econtext.tests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The bodies of messages that a child sends, as docs/protocol.md has them. Stateless. */
final class Body {
    /** The longest text that a length of two bytes can have. */
    static final String LONGEST = "x".repeat(65_535);

    private Body() {}

    static byte[] hello(int version) {
        return of(out -> {
            out.writeShort(version);
            out.writeInt(0);
            out.writeInt(17);
            for (String text : new String[] {"17.0.1", "Linux", "amd64", "mallory", "4711"}) {
                out.writeUTF(text);
            }
            out.writeBoolean(false);
        });
    }

    static byte[] log(int number, int kind, String logger, String message) {
        return log(number, kind, 0L, logger, message, "");
    }

    /** @param thrown stands wherever there is text in what was thrown and in what goes with the line */
    static byte[] log(int number, int kind, long millis, String logger, String message, String thrown) {
        return of(out -> {
            out.writeInt(number);
            out.writeByte(kind);
            out.writeLong(millis);
            out.writeInt(900);
            out.writeUTF(logger);
            out.writeUTF("main");
            out.writeUTF(message);
            out.writeBoolean(!thrown.isEmpty());
            if (!thrown.isEmpty()) {
                out.writeByte(1);
                out.writeUTF(thrown);
                out.writeBoolean(true);
                out.writeUTF(thrown);
                out.writeShort(1);
                out.writeUTF(thrown);
                out.writeUTF(thrown);
                out.writeUTF(thrown);
                out.writeInt(-1);
                out.writeByte(0);
                out.writeByte(0);
                for (int what = 0; what < 4; what++) {
                    out.writeByte(what);
                    out.writeUTF(thrown);
                    out.writeUTF(thrown);
                }
            }
        });
    }

    /** @param kind 0 a class, 1 a resource */
    static byte[] request(int loader, int feature, int kind, String name) {
        return of(out -> {
            out.writeInt(loader);
            out.writeShort(feature);
            out.writeByte(kind);
            out.writeUTF(name);
        });
    }

    static byte[] child(String name, String address) {
        return of(out -> {
            out.writeUTF(name);
            out.writeUTF(address);
            for (int i = 0; i < 4; i++) {
                out.writeInt(Integer.MIN_VALUE + i);
            }
        });
    }

    static byte[] stuck(int call, String stack) {
        return of(out -> {
            out.writeInt(call);
            out.write(stack.getBytes());
        });
    }

    /** @param outcome 0 a value, 1 thrown, 2 refused, 3 can't travel */
    static byte[] reply(int outcome, int lastLogLine, byte... rest) {
        return of(out -> {
            out.writeByte(outcome);
            out.writeByte(0);
            out.writeInt(lastLogLine);
            out.write(rest);
        });
    }

    static byte[] ints(int... values) {
        return of(out -> {
            for (int value : values) {
                out.writeInt(value);
            }
        });
    }

    static byte[] cut(byte[] body, int length) {
        return Arrays.copyOf(body, length);
    }

    static byte[] of(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
