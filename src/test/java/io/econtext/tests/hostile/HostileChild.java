package io.econtext.tests.hostile;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A context that speaks the protocol correctly, until it is told to lie.
 *
 * <p>It boots, says hello, acknowledges what it reads, answers every call with "done" and ends when it is told to. The
 * first thing that a {@link Lie} does, it does when the first call comes, before that is answered: so whoever calls knows
 * by the answer that all lies were read.
 *
 * <p>All of it runs on one thread, which calls {@link #run}.
 */
final class HostileChild implements Runnable {
    /** The numbers of reply handles begin here. */
    static final int REPLIES = 1024;

    private final DataInputStream in;
    private final OutputStream out;
    private final String answer;
    private final Lie lie;

    private int id;
    private int parent;
    private int controller;
    private int maxMessage;
    private int received;
    private int messages;
    private int asked;
    private final Map<Integer, Answer> answers = new HashMap<>();

    /** What came back to a reply handle: the body, or for what bounced the reason. */
    record Answer(boolean bounced, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A frame of the parent's; of a long message only the first is looked at. */
    record Received(int flags, int source, int handle, int replyTo, int index, byte[] body) {
        boolean bounced() {
            return (flags & Message.BOUNCED) != 0;
        }
    }

    /**
     * @param in from the core's length on
     * @param answer what the preamble has to say
     */
    HostileChild(InputStream in, OutputStream out, String answer, Lie lie) {
        this.in = new DataInputStream(in);
        this.out = out;
        this.answer = answer;
        this.lie = lie;
    }

    int id() {
        return id;
    }

    int parent() {
        return parent;
    }

    int controller() {
        return controller;
    }

    /** Where the answer to the latest call may go, which is no lie. */
    int asked() {
        return asked;
    }

    int maxMessage() {
        return maxMessage;
    }

    @Override
    public void run() {
        try {
            boot();
            lie.boot(this);
            while (true) {
                take(read());
            }
        } catch (IOException e) {
            // The parent went, or ended us, as may be.
        } finally {
            end();
        }
    }

    private void boot() throws IOException {
        in.readFully(new byte[in.readInt()]);
        in.readUnsignedShort();
        in.readInt();
        id = in.readInt();
        in.readUTF();
        List<Integer> ancestors = new ArrayList<>();
        for (int n = in.readUnsignedByte(); n > 0; n--) {
            ancestors.add(in.readInt());
        }
        parent = ancestors.get(0);
        controller = ancestors.get(ancestors.size() - 1);
        in.readFully(new byte[3 * Integer.BYTES]);
        in.readUTF();
        maxMessage = in.readInt();
    }

    /** Says that the JVM is up, as an honest child does. */
    void up() throws IOException {
        print("\necontext-" + answer + " up 17\n");
    }

    String answer() {
        return answer;
    }

    void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void hello() throws IOException {
        send(toController(Handles.HELLO).body(Body.hello(Message.VERSION)));
    }

    /** An honest frame, with an id of its own. */
    Frame to(int destination, int handle) {
        return new Frame(id, destination, handle).id(++messages);
    }

    Frame toController(int handle) {
        return to(controller, handle);
    }

    Frame toParent(int handle) {
        return to(parent, handle);
    }

    void send(Frame... frames) throws IOException {
        for (Frame frame : frames) {
            write(frame.bytes(received));
        }
    }

    /** Any bytes at all. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    byte[] bytes(Frame frame) {
        return frame.bytes(received);
    }

    /** Sends a message that wants an answer, and waits for that; what comes meanwhile is taken as always. */
    Answer ask(Frame frame) throws IOException {
        int handle = REPLIES + ++messages;
        send(frame.replyTo(handle));
        while (!answers.containsKey(handle)) {
            take(read());
        }
        return answers.remove(handle);
    }

    void reply(Received call, byte[] body) throws IOException {
        send(to(call.source, call.replyTo).body(body));
    }

    private void take(Received message) throws IOException {
        if (message.index > 0) {
            return;
        }
        if (message.handle >= REPLIES) {
            answers.put(message.handle, new Answer(message.bounced(), message.body));
        } else if (message.handle == Handles.CALL) {
            asked = message.replyTo;
            lie.called(this, message);
        } else if (message.handle == Handles.SHUTDOWN) {
            throw new EOFException("told to end");
        }
    }

    private Received read() throws IOException {
        byte[] header = new byte[Message.HEADER];
        in.readFully(header);
        byte[] payload = new byte[Message.getInt(header, 4)];
        in.readFully(payload);
        received += header.length + payload.length;
        return new Received(
                header[1],
                Message.getInt(header, 12),
                Message.getInt(header, 24),
                Message.getInt(header, 28),
                Message.getInt(header, 36),
                payload);
    }

    /** Goes without a word. */
    void end() {
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            // Gone already.
        }
    }
}
