package io.econtext.tests.hostile;

import io.econtext.ContextLostException;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import io.econtext.UndeliverableException;
import io.econtext.core.Message;
import io.econtext.tests.hostile.HostileChild.Received;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child answers to a call that wants a text.
 *
 * @param thrown what the caller gets for it
 * @param counted whether no honest child could have said it
 */
record FalseReply(String name, Class<? extends Throwable> thrown, boolean counted, Script script) implements Lie {
    private static final int VALUE = 0;
    private static final int THROWN = 1;

    /** The header of Smile without shared names. */
    private static final byte[] SMILE = {0x3A, 0x29, 0x0A, 0x04};

    interface Script {
        void answer(HostileChild child, Received call) throws IOException;
    }

    @Override
    public void called(HostileChild child, Received call) throws IOException {
        script.answer(child, call);
    }

    @Override
    public String toString() {
        return name;
    }

    static List<FalseReply> all() {
        List<FalseReply> lies = new ArrayList<>();
        for (int length : new int[] {0, 1, 5}) {
            lies.add(unreadable(length + " bytes", new byte[length]));
        }
        for (int outcome : new int[] {4, 128, 255}) {
            lies.add(unreadable("outcome " + outcome, Body.reply(outcome, 0)));
        }
        values(lies);
        failures(lies);
        lies.add(new FalseReply(
                "refuses",
                UndeliverableException.class,
                false,
                (child, call) -> child.reply(call, Body.reply(2, 0, "\u001b[2Jno\0".getBytes()))));
        lies.add(new FalseReply(
                "says that its result can't travel",
                NotPortableException.class,
                false,
                (child, call) -> child.reply(call, Body.reply(3, 0, new byte[] {(byte) 0xC0, (byte) 0xFF}))));
        lies.add(new FalseReply(
                "says that the call came back",
                UndeliverableException.class,
                false,
                (child, call) ->
                        child.send(child.to(call.source(), call.replyTo()).flags(Message.LAST | Message.BOUNCED))));
        lies.add(new FalseReply("ends in place of an answer", ContextLostException.class, false, (child, call) -> {
            child.end();
            throw new IOException("that was it");
        }));
        return lies;
    }

    private static void values(List<FalseReply> lies) {
        notPortable(lies, "nothing at all");
        notPortable(lies, "a header only", SMILE);
        notPortable(lies, "a number", smile(0xC2));
        notPortable(lies, "an object", smile(0xFA, 0xFB));
        notPortable(lies, "an object without end", smile(0xFA));
        notPortable(lies, "two texts", smile(0x40, 'a', 0x40, 'b'));
        notPortable(lies, "a text of two gibibytes", smile(0xE0, 'a'));
        byte[] deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0xF8);
        System.arraycopy(SMILE, 0, deep, 0, SMILE.length);
        notPortable(lies, "lists in lists in lists", deep);
        notPortable(lies, "a class's name", "java.lang.ProcessBuilder".getBytes());
    }

    private static byte[] smile(int... bytes) {
        return Body.of(out -> {
            out.write(SMILE);
            for (int b : bytes) {
                out.write(b);
            }
        });
    }

    private static void notPortable(List<FalseReply> lies, String what, byte... value) {
        lies.add(new FalseReply(
                "returns " + what,
                NotPortableException.class,
                true,
                (child, call) -> child.reply(call, Body.reply(VALUE, 0, value))));
    }

    private static FalseReply unreadable(String what, byte[] body) {
        return new FalseReply(
                "answers with " + what, ContextLostException.class, true, (child, call) -> child.reply(call, body));
    }

    private static void failures(List<FalseReply> lies) {
        byte[] honest = failure(out -> fail(out, 1, 1, 0, 0));
        for (int length : new int[] {0, 1, 2, 10, honest.length - 2, honest.length - 1}) {
            lies.add(unreadable(length + " bytes of a failure", Body.reply(THROWN, 0, Body.cut(honest, length))));
        }
        lies.add(unreadable("more frames than may be", Body.reply(THROWN, 0, failure(out -> fail(out, 1, 201, 0, 0)))));
        lies.add(unreadable("causes without end", Body.reply(THROWN, 0, failure(out -> {
            for (int i = 0; i < 50_000; i++) {
                fail(out, 0, 0, 1);
            }
        }))));
        lies.add(unreadable("more failures than may be", Body.reply(THROWN, 0, failure(out -> {
            fail(out, 0, 0, 0);
            out.writeByte(255);
            for (int i = 0; i < 255; i++) {
                fail(out, 0, 0, 0, 0);
            }
        }))));
        lies.add(unreadable("a failure in no UTF-8", Body.reply(THROWN, 0, failure(out -> {
            out.writeByte(1);
            out.writeInt(0x0002C0FF);
        }))));
        thrown(lies, "a failure of no type", failure(out -> fail(out, 0, 0, 0, 0)));
        thrown(lies, "a failure of 255 types", failure(out -> fail(out, 255, 0, 0, 0)));
        byte[] declared = failure(out -> {
            out.writeByte(2);
            out.writeUTF("java.lang.ProcessBuilder");
            out.writeUTF("java.io.IOException");
            out.writeBoolean(true);
            out.writeUTF("calc.exe");
            out.writeShort(1);
            for (String text : new String[] {"\u001b[2J", "\r\n\tat", "\0"}) {
                out.writeUTF(text);
            }
            out.writeInt(Integer.MIN_VALUE);
            out.writeShort(0);
        });
        lies.add(new FalseReply(
                "throws what is declared, as what isn't thrown",
                IOException.class,
                false,
                (child, call) -> child.reply(call, Body.reply(THROWN, 0, declared))));
        thrown(lies, "a failure with more behind it", failure(out -> {
            fail(out, 1, 0, 0, 0);
            out.write(Body.LONGEST.getBytes(StandardCharsets.US_ASCII));
        }));
    }

    private static byte[] failure(Body.Writing writing) {
        return Body.of(writing);
    }

    /** A failure up to the numbers of its causes and of what it suppressed, as far as these are given. */
    private static void fail(DataOutputStream out, int types, int frames, int... numbers) throws IOException {
        out.writeByte(types);
        for (int i = 0; i < types; i++) {
            out.writeUTF("com.acme.Absent" + i);
        }
        out.writeBoolean(true);
        out.writeUTF("message");
        out.writeShort(frames);
        for (int i = 0; i < frames; i++) {
            for (String text : new String[] {"com.acme.Absent", "run", "Absent.java"}) {
                out.writeUTF(text);
            }
            out.writeInt(i);
        }
        for (int number : numbers) {
            out.writeByte(number);
        }
    }

    private static void thrown(List<FalseReply> lies, String what, byte[] failure) {
        lies.add(new FalseReply(
                "throws " + what,
                RemoteCallException.class,
                false,
                (child, call) -> child.reply(call, Body.reply(THROWN, 0, failure))));
    }
}
