package io.econtext.tests.hostile;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.tests.hostile.HostileChild.Received;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A child that sends the same without end, some hundred mebibytes, and reads nothing meanwhile. Then it answers the call
 * that began it.
 */
final class Flood implements Lie {
    static final long BYTES = 512L << 20;

    private static final byte[] PART = new byte[Message.FRAGMENT];

    private final String name;
    private final Wave wave;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch measured = new CountDownLatch(1);

    private Flood(String name, Wave wave) {
        this.name = name;
        this.wave = wave;
    }

    /** A piece of a flood, which is short of nothing. */
    private interface Wave {
        Frame[] next(HostileChild child, int number);
    }

    static List<Flood> all() {
        String text = "x".repeat(4000);
        byte[] stack = new byte[60_000];
        byte[] request = Body.request(0, 17, 1, Body.LONGEST);
        return List.of(
                of(
                        "lines of a log",
                        (child, n) -> child.toController(Handles.LOG).body(Body.log(n, 0, "logger" + n, text))),
                of(
                        "lines of a log that can't be read",
                        (child, n) -> child.toController(Handles.LOG).body(PART)),
                of(
                        "messages in another's name",
                        (child, n) -> child.toController(Handles.LOG).source(n).body(PART)),
                of(
                        "messages to a handle that isn't its own",
                        (child, n) -> child.toController(Handles.CALL)
                                .replyTo(HostileChild.REPLIES + n)
                                .body(PART)),
                of(
                        "messages to handles that nobody has",
                        (child, n) -> child.toController(1_000_000 + n)
                                .replyTo(HostileChild.REPLIES + n)
                                .body(PART)),
                of(
                        "messages to contexts that nobody knows",
                        (child, n) -> child.to(1_000_000 + n, 2000)
                                .replyTo(HostileChild.REPLIES + n)
                                .body(PART)),
                of(
                        "reports of stuck calls",
                        (child, n) -> child.toController(Handles.STUCK).body(stack)),
                of(
                        "reports of refusals",
                        (child, n) -> child.toController(Handles.REFUSED).body(Body.of(out -> {
                            out.writeInt(child.id());
                            out.writeInt(1);
                            out.write((n + text).getBytes());
                        }))),
                of("hellos", (child, n) -> child.toController(Handles.HELLO).body(PART)),
                of("goodbyes", (child, n) -> child.toParent(Handles.GOODBYE).body(PART)),
                of(
                        "requests for classes",
                        (child, n) -> child.toParent(Handles.CLASS)
                                .replyTo(HostileChild.REPLIES + n)
                                .body(request)),
                new Flood("messages without an end", (child, n) -> new Frame[] {
                    child.toController(Handles.LOG)
                            .id(n / 100)
                            .part(n % 100, 128 * Message.FRAGMENT, false)
                            .body(PART)
                }));
    }

    private static Flood of(String name, java.util.function.BiFunction<HostileChild, Integer, Frame> frame) {
        return new Flood("a flood of " + name, (child, n) -> new Frame[] {frame.apply(child, n)});
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void called(HostileChild child, Received call) throws IOException {
        try {
            long sent = 0;
            for (int number = 0; sent < BYTES; number++) {
                for (Frame frame : wave.next(child, number)) {
                    byte[] bytes = child.bytes(frame);
                    child.write(bytes);
                    sent += bytes.length;
                }
            }
        } finally {
            over.countDown();
            try {
                measured.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Lie.super.called(child, call);
    }

    /** All was sent, or the link is gone. */
    void awaitEnd() throws InterruptedException {
        over.await();
    }

    void goOn() {
        measured.countDown();
    }
}
