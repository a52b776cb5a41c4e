package io.econtext.broker;

import io.econtext.ContextOptions;
import io.econtext.Way;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The other end of a context's link: says what a test says, on its thread; remembers to which handle the last call wants
 * its answer.
 */
final class FuzzedChild implements Transport {
    private static final Map<String, FuzzedChild> STARTED = new ConcurrentHashMap<>();
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String answer;
    private final TransportEvents events;
    private final AtomicReference<Integer> called = new AtomicReference<>();
    private final CountDownLatch isCalled = new CountDownLatch(1);
    private boolean booted;
    private int id;
    private boolean ended;

    private FuzzedChild(String answer, TransportEvents events) {
        this.answer = answer;
        this.events = events;
    }

    /** The one that was started last by the way of that name, maybe by another thread, and then in a moment. */
    static FuzzedChild started(String name) {
        long end = System.nanoTime() + LONG.toNanos();
        FuzzedChild child;
        while ((child = STARTED.remove(name)) == null) {
            FuzzedBroker.check(System.nanoTime() < end, name + " was not started");
            Thread.onSpinWait();
        }
        return child;
    }

    static Way way(String name) {
        ContextOptions options = ContextOptions.builder()
                .heartbeat(LONG)
                .connectTimeout(LONG)
                .callTimeout(LONG)
                .grace(Duration.ofMillis(1))
                .build();
        return new Fuzzed(name, options);
    }

    /** The JVM is up. */
    void up() {
        events.started();
        out(("econtext-" + answer + " up 17\n").getBytes(StandardCharsets.US_ASCII));
    }

    void hello() {
        send(Handles.HELLO, bytes(out -> {
            out.writeShort(Message.VERSION);
            out.writeInt(0);
            out.writeInt(17);
            for (String text : new String[] {"17", "Linux", "amd64", "user", "1"}) {
                out.writeUTF(text);
            }
            out.writeBoolean(false);
        }));
    }

    int id() {
        return id;
    }

    /** A whole message to the controller. */
    void send(int handle, byte[] body) {
        int fragments = Math.max(1, (body.length + Message.FRAGMENT - 1) / Message.FRAGMENT);
        for (int i = 0; i < fragments; i++) {
            int at = i * Message.FRAGMENT;
            int length = Math.min(Message.FRAGMENT, body.length - at);
            int flags = Message.NORMAL | (i == fragments - 1 ? Message.LAST : 0);
            out(ByteBuffer.allocate(Message.HEADER + length)
                    .put((byte) Message.VERSION)
                    .put((byte) flags)
                    .putShort((short) 0)
                    .putInt(length)
                    .putInt(0)
                    .putInt(id)
                    .putInt(id)
                    .putInt(0)
                    .putInt(handle)
                    .putInt(0)
                    .putInt(1)
                    .putInt(i)
                    .putInt(body.length)
                    .put(body, at, length)
                    .array());
        }
    }

    void out(byte[] bytes) {
        if (!ended) {
            events.out(bytes, 0, bytes.length);
        }
    }

    void err(byte[] bytes) {
        if (!ended) {
            events.err(bytes, 0, bytes.length);
        }
    }

    void end() {
        if (!ended) {
            ended = true;
            events.ended("over");
        }
    }

    /** The handle that waits for an answer. */
    int called() throws InterruptedException {
        if (!isCalled.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no call came");
        }
        return called.get();
    }

    @Override
    public void write(ByteBuffer data, WriteListener done) {
        ByteBuffer bytes = data.slice();
        if (!booted) {
            booted = true;
            // behind the core: version, capabilities, id
            id = bytes.getInt(Integer.BYTES + bytes.getInt(0) + 2 + 4);
        } else {
            for (int at = 0; at + Message.HEADER <= bytes.limit(); at += Message.HEADER + bytes.getInt(at + 4)) {
                if (bytes.getInt(at + 24) == Handles.CALL && bytes.getInt(at + 36) == 0) {
                    called.set(bytes.getInt(at + 28));
                    isCalled.countDown();
                }
            }
        }
        done.written(null);
    }

    @Override
    public void close() {
        ended = true;
    }

    static byte[] bytes(Writing writing) {
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

    private record Fuzzed(String name, ContextOptions options) implements Way {
        @Override
        public String address() {
            return "fuzzed:" + name;
        }
    }

    static final class Starter implements Connector<Fuzzed> {
        @Override
        public Class<Fuzzed> way() {
            return Fuzzed.class;
        }

        @Override
        public boolean runsCommands() {
            return false;
        }

        @Override
        public Transport start(Fuzzed way, String answer, TransportEvents events) {
            FuzzedChild child = new FuzzedChild(answer, events);
            STARTED.put(way.name(), child);
            return child;
        }
    }
}
