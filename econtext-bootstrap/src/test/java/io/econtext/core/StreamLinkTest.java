package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A link over the pipes of this system, with their bounds. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class StreamLinkTest {
    private final Witness witness = new Witness();
    private final Router controller = new Router(0, new int[0], witness);
    private final Router target = new Router(7, new int[] {0}, new Witness());
    private final Replies arrived = new Replies();
    private final List<Thread> readers = new ArrayList<>();
    private Pipe down;
    private Pipe up;
    private StreamLink link;
    private StreamLink below;
    private int handle;

    @BeforeEach
    void open() throws IOException {
        down = Pipe.open();
        up = Pipe.open();
        link = new StreamLink(controller, 7, 7, 1 << 20, in(up), out(down));
        below = new StreamLink(target, 0, 0, 1 << 20, in(down), out(up));
        controller.add(link);
        target.add(below);
        handle = target.register(arrived);
    }

    @AfterEach
    void close() throws Exception {
        link.end("the test is over");
        below.end("the test is over");
        for (Pipe pipe : new Pipe[] {down, up}) {
            pipe.sink().close();
            pipe.source().close();
        }
        for (Thread reader : readers) {
            reader.join();
        }
    }

    @Test
    void messagesArriveShortAndLong() throws Exception {
        read(below);
        for (int length : new int[] {0, 10, 5000, 65536, 500_000}) {
            controller.send(controller.message(Message.NORMAL, 7, handle, 0, new byte[length]));
            assertThat(arrived.next().body).hasSize(length);
        }
    }

    @Test
    void whoSendsIsNotHeldBackByWhoDoesNotRead() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(controller.trySend(controller.message(Message.NORMAL, 7, handle, 0, new byte[100_000])))
                    .isTrue();
        }
        read(below);
        for (int i = 0; i < 50; i++) {
            assertThat(arrived.next().body).hasSize(100_000);
        }
    }

    @Test
    void messagesOfManyThreadsArriveWholeAndInOrder() throws Exception {
        read(below);
        read(link);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            Thread sender = new Thread(() -> {
                for (int j = 0; j < 500; j++) {
                    byte[] body = new byte[8 + j % 7 * 300];
                    Message.putInt(body, 0, number);
                    Message.putInt(body, 4, j);
                    controller.send(controller.message(Message.NORMAL, 7, handle, 0, body));
                }
            });
            sender.start();
            senders.add(sender);
        }
        int[] next = new int[4];
        for (int i = 0; i < 2000; i++) {
            byte[] body = arrived.next().body;
            int number = Message.getInt(body, 0);
            assertThat(Message.getInt(body, 4)).isEqualTo(next[number]++);
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void theEndOfTheStreamIsTheEndOfTheLink() throws Exception {
        read(link);
        up.sink().close();
        Eventually.holds(() -> !witness.losses.isEmpty());
        assertThat(witness.losses).containsExactly("end of stream");
    }

    @Test
    void aBrokenFrameIsTheEndOfTheLink() throws Exception {
        read(link);
        out(up).write(new Frame(7, 0, 1).version(3).bytes());
        Eventually.holds(() -> !witness.losses.isEmpty());
        assertThat(witness.losses.get(0)).contains("speaks version 3 of the protocol");
    }

    @Test
    void aStreamThatTakesNothingMoreIsTheEndOfTheLink() throws Exception {
        down.source().close();
        controller.send(controller.message(Message.NORMAL, 7, handle, 0, new byte[100_000]));
        Eventually.holds(() -> !witness.losses.isEmpty());
        assertThat(witness.losses.get(0)).contains("IOException");
    }

    @Test
    void aHandlerThatThrowsIsTheEndOfItsLink() throws Exception {
        controller.register(1, new Handler(Handler.ANYONE) {
            @Override
            public void handle(Message message) {
                throw new IllegalStateException("broken handler");
            }
        });
        read(link);
        out(up).write(new Frame(7, 0, 1).bytes());
        Eventually.holds(() -> !witness.losses.isEmpty());
        assertThat(witness.losses.get(0)).contains("broken handler");
    }

    private void read(StreamLink of) {
        Thread reader = new Thread(of);
        reader.start();
        readers.add(reader);
    }

    private static InputStream in(Pipe pipe) {
        return Channels.newInputStream(pipe.source());
    }

    private static OutputStream out(Pipe pipe) {
        return Channels.newOutputStream(pipe.sink());
    }
}
