package io.econtext.fuzz;

import io.econtext.Channel;
import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.EcontextException;
import io.econtext.Launch;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.broker.Connector;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.connect.LocalConnector;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the seeds of the fuzzers from real sessions: {@code SeedRecorder DIRECTORY} has a context on this machine do a
 * bit of everything, and keeps what goes over its link, in files of a few frames each, and its messages' bodies.
 */
public final class SeedRecorder {
    private static final int FRAMES_OF_A_FILE = 6;
    private static final int LONGEST_BODY = 4096;
    private static final int DESTINATION = 20;
    /** The context in the middle, as {@code LinkFuzz} has it. */
    private static final int MIDDLE = 30;

    /** As {@code BodyFuzz} has them. */
    private static final List<Integer> HANDLES = List.of(
            Handles.LOG, Handles.CLASS, Handles.GOODBYE, Handles.STUCK, Handles.REFUSED, Handles.GONE, Handles.HELLO);

    private final Path directory;
    private final Map<String, Integer> numbers = new HashMap<>();

    private SeedRecorder(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Tape tape = new Tape();
        try (Broker broker = Broker.builder().connector(tape).build()) {
            RemoteContext context = broker.connect(Local.process().with(ContextOptions.DEFAULTS));
            RemoteContext child = context.connect(Local.process().named("grandchild"));
            child.call(Played::shout, "far away");
            play(context);
        }
        new SeedRecorder(Path.of(arguments[0])).write(tape);
    }

    private static void play(RemoteContext context) throws Exception {
        context.ping();
        context.call(Played::shout, "hello");
        context.call(Played::count, 100_000);
        context.exec("sh", "-c", "echo out; echo err >&2");
        context.run(Played::log);
        try {
            context.run(Played::fail);
            throw new AssertionError("it should fail");
        } catch (EcontextException | IOException e) {
            // as it should
        }
        try (Channel<String> channel = context.open(Played::send)) {
            while (channel.receive() != null) {
                // all of them
            }
        }
        context.callAsync(Played::shout, "never mind").cancel(true);
    }

    private void write(Tape tape) throws IOException {
        List<byte[]> fromChild = frames(tape.fromChild.toByteArray());
        List<byte[]> toChild = frames(tape.toChild.toByteArray());
        files("LinkFuzz", (byte) 0, fromChild);
        files("LinkFuzz", (byte) 1, fromChild);
        files("LinkFuzz", (byte) 2, toChild);
        for (byte[] frame : toChild) {
            Message.putInt(frame, DESTINATION, MIDDLE);
        }
        files("LinkFuzz", (byte) 2, toChild);
        files("SessionFuzz", (byte) 0, fromChild);
        files("SessionFuzz", (byte) 128, fromChild.subList(1, fromChild.size()));
        for (byte[] frame : fromChild) {
            int handle = Message.getInt(frame, 24);
            byte[] body = Arrays.copyOfRange(frame, Message.HEADER, Math.min(frame.length, LONGEST_BODY));
            if (HANDLES.contains(handle)) {
                body("h" + handle, HANDLES.indexOf(handle), body);
            } else if (handle >= Handles.DYNAMIC && body.length > 0 && body[0] <= 1) {
                for (int type = 0; type < 6; type++) {
                    body("r" + type, HANDLES.size() + 1 + type, body);
                }
            }
            if (handle == Handles.HELLO) {
                body("hello", HANDLES.size(), body);
            }
        }
        byte[] preamble = tape.preamble();
        for (int kind = 0; kind < 6; kind++) {
            file("DialogFuzz", join(new byte[] {(byte) kind, 63}, preamble));
        }
    }

    private void body(String kind, int where, byte[] body) throws IOException {
        if (numbers.merge(kind, 1, Integer::sum) <= 3) {
            file("BodyFuzz", join(new byte[] {(byte) where}, body));
        }
    }

    private void files(String target, byte first, List<byte[]> frames) throws IOException {
        for (int at = 0; at < frames.size(); at += FRAMES_OF_A_FILE) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(first);
            for (byte[] frame : frames.subList(at, Math.min(frames.size(), at + FRAMES_OF_A_FILE))) {
                // the long ones are like the others, and make a fuzzer slow
                if (frame.length <= LONGEST_BODY) {
                    bytes.write(frame);
                }
            }
            file(target, bytes.toByteArray());
        }
    }

    private void file(String target, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(target));
        int number = numbers.merge(target, 1, Integer::sum);
        Files.write(folder.resolve("session-%03d".formatted(number)), bytes);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static List<byte[]> frames(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at + Message.HEADER <= bytes.length; ) {
            int end = at + Message.HEADER + Message.getInt(bytes, at + 4);
            byte[] frame = Arrays.copyOfRange(bytes, at, end);
            // the link of a fuzzer has sent nothing yet that could be acknowledged
            Message.putInt(frame, 8, 0);
            frames.add(frame);
            at = end;
        }
        return frames;
    }

    /** A connector in front of the one for programs, which keeps all bytes that the first context says and is told. */
    private static final class Tape implements Connector<Way> {
        private final ByteArrayOutputStream fromChild = new ByteArrayOutputStream();
        private final ByteArrayOutputStream toChild = new ByteArrayOutputStream();
        private byte[] preamble;
        private final Connector<Way> connector = new LocalConnector();

        @Override
        public Class<Way> way() {
            return Way.class;
        }

        @Override
        public Launch launch(Way way) {
            return way.launch();
        }

        synchronized byte[] preamble() {
            return preamble;
        }

        @Override
        public Transport start(Way way, String command, TransportEvents events) {
            String answer = command.replaceAll(".*a=\\$\\(\\(([0-9]+)\\*17.*", "$1");
            return new Taped(connector.start(way, command, new Listening(events, Integer.parseInt(answer) * 17)));
        }

        private final class Listening implements TransportEvents {
            private final TransportEvents events;
            private final String up;

            Listening(TransportEvents events, int answer) {
                this.events = events;
                up = "econtext-" + answer + " up ";
            }

            @Override
            public void started() {
                events.started();
            }

            @Override
            public void failed(ConnectFailedException why) {
                events.failed(why);
            }

            @Override
            public void out(byte[] bytes, int offset, int length) {
                synchronized (Tape.this) {
                    fromChild.write(bytes, offset, length);
                    cutPreamble();
                }
                events.out(bytes, offset, length);
            }

            private void cutPreamble() {
                String text = fromChild.toString(StandardCharsets.ISO_8859_1);
                int at = text.indexOf(up);
                int end = at < 0 ? -1 : text.indexOf('\n', at);
                if (preamble == null && end > 0) {
                    preamble = text.substring(0, end + 1)
                            .replace(up, "econtext-4711 up ")
                            .getBytes(StandardCharsets.ISO_8859_1);
                    byte[] rest = Arrays.copyOfRange(fromChild.toByteArray(), end + 1, text.length());
                    fromChild.reset();
                    fromChild.writeBytes(rest);
                }
            }

            @Override
            public void err(byte[] bytes, int offset, int length) {
                events.err(bytes, offset, length);
            }

            @Override
            public void ended(String reason) {
                events.ended(reason);
            }
        }

        private final class Taped implements Transport {
            private final Transport transport;
            private boolean booted;

            Taped(Transport transport) {
                this.transport = transport;
            }

            @Override
            public void write(ByteBuffer data, WriteListener done) {
                ByteBuffer copy = data.slice();
                byte[] bytes = new byte[copy.remaining()];
                copy.get(bytes);
                keep(bytes);
                transport.write(data, done);
            }

            private synchronized void keep(byte[] bytes) {
                if (booted) {
                    toChild.writeBytes(bytes);
                }
                booted = true;
            }

            @Override
            public boolean canWriteNow() {
                return transport.canWriteNow();
            }

            @Override
            public void writeNow(byte[] data) throws IOException {
                keep(data);
                transport.writeNow(data);
            }

            @Override
            public void close() {
                transport.close();
            }
        }
    }
}
