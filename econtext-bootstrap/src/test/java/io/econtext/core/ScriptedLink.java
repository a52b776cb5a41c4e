package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A link whose other end is a test: what was written waits to be looked at, what comes is fed. For one thread. */
class ScriptedLink extends Link {
    static final int MAX_MESSAGE = 1 << 20;

    /** Whether threads that send may write by themselves. */
    boolean writable;
    /** How many frames were written by the thread that sent them. */
    int direct;
    /** Whether the writer was woken and has not found its queue empty since. */
    boolean woken;

    boolean closed;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    ScriptedLink(Router router, int first, int last) {
        super(router, first, last, MAX_MESSAGE);
        router.add(this);
    }

    static ScriptedLink toParent(Router router) {
        return new ScriptedLink(router, 0, 0);
    }

    @Override
    protected boolean canWriteNow() {
        return writable;
    }

    @Override
    protected void writeNow(byte[] frame) {
        direct++;
        written.write(frame, 0, frame.length);
    }

    @Override
    protected void wakeWriter() {
        woken = true;
    }

    @Override
    protected void close() {
        closed = true;
    }

    /** Plays the writer, until nothing waits, and returns all bytes that were written since last asked. */
    byte[] bytes() {
        byte[] b = new byte[Message.HEADER + Message.FRAGMENT];
        int n;
        while (woken && (n = next(b)) > 0) {
            written.write(b, 0, n);
        }
        woken = false;
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    /** The frames that were written since last asked. */
    List<Message> frames() {
        return frames(bytes());
    }

    static List<Message> frames(byte[] bytes) {
        List<Message> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int size = Message.getInt(bytes, at + 4);
            frames.add(Message.read(bytes, at, 0, size));
            at += Message.HEADER + size;
        }
        return frames;
    }

    /** The only frame that was written since last asked. */
    Message frame() {
        List<Message> frames = frames();
        if (frames.size() != 1) {
            throw new AssertionError("written: " + frames);
        }
        return frames.get(0);
    }

    /** What the neighbour says. */
    void feed(byte[] bytes) {
        received(bytes, 0, bytes.length);
    }

    void feed(Frame... frames) {
        for (Frame frame : frames) {
            feed(frame.bytes());
        }
    }
}
