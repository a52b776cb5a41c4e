package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Message;
import io.econtext.parent.Relay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our end of a connection, with the test in the place of the context's end. */
class RelayedConnectionTest {
    private static final int RELAY = 4711;

    @AutoClose
    final Broker broker = Broker.create();

    private final Told told = new Told();
    private final List<Throwable> written = new ArrayList<>();
    private Session session;
    private RelayedConnection connection;
    private int handles;

    @BeforeEach
    void begin() {
        ControlledContext context = (ControlledContext) broker.connect(InProcess.context());
        session = context.session();
        handles = broker.router.handles();
        connection = new RelayedConnection(session, told);
    }

    private void says(int replyTo, int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        says(Message.LAST, replyTo, bytes);
    }

    private void says(int flags, int replyTo, byte[] body) {
        int by = session.id();
        connection.handle(new Message(flags, by, by, 0, 0, replyTo, 1, 0, body.length, body));
    }

    private void credits(int bytes) {
        says(Message.LAST, RELAY, Relay.credit(bytes));
    }

    private void write(int bytes) {
        connection.write(ByteBuffer.allocate(bytes), written::add);
    }

    @Test
    void whatComesIsHandedOn() {
        says(RELAY, Relay.OPENED);
        says(RELAY, Relay.BYTES, 1, 2, 3);
        says(0, Relay.END);
        assertThat(told.events).containsExactly("opened", "[1, 2, 3]", "ended: ");
    }

    @Test
    void aReasonIsShownAndNotObeyed() {
        says(RELAY, Relay.OPENED);
        says(0, Relay.END, 'n', 'o', 27, '[', '2', 'J');
        assertThat(told.events)
                .hasSize(2)
                .last()
                .asString()
                .startsWith("ended: no")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,7", "2,0", "4", "-1", "0"})
    void whatCanNotBeEndsIt(String body) {
        int[] bytes = body.isEmpty()
                ? new int[0]
                : Arrays.stream(body.split(",")).mapToInt(Integer::parseInt).toArray();
        says(0, bytes);
        says(RELAY, Relay.BYTES, 1);
        assertThat(told.events)
                .containsExactly("ended: " + RelayedConnection.OUT_OF_ORDER.formatted(session.context.name()));
        assertThat(broker.router.handles()).isEqualTo(handles);
    }

    @Test
    void itOpensOnce() {
        says(RELAY, Relay.OPENED);
        says(RELAY + 1, Relay.OPENED);
        assertThat(told.events)
                .containsExactly(
                        "opened", "ended: " + RelayedConnection.OUT_OF_ORDER.formatted(session.context.name()));
    }

    @Test
    void whatComesBackEndsIt() {
        says(RELAY, Relay.OPENED);
        says(Message.LAST | Message.BOUNCED, 0, new byte[] {Relay.BYTES});
        assertThat(told.events)
                .containsExactly("opened", "ended: " + RelayedConnection.NOT_PASSED.formatted(session.context.name()));
    }

    @Test
    void noMoreThanAWindowIsUnderWay() {
        says(RELAY, Relay.OPENED);
        write(Relay.WINDOW + 1);
        credits(0);
        credits(Integer.MIN_VALUE);
        assertThat(written).isEmpty();
        credits(1);
        assertThat(written).containsExactly((Throwable) null);
    }

    @Test
    void moreCreditThanAWindowIsNone() {
        says(RELAY, Relay.OPENED);
        credits(Integer.MAX_VALUE);
        credits(Integer.MAX_VALUE);
        write(Relay.WINDOW);
        assertThat(written).hasSize(1);
        write(1);
        assertThat(written).hasSize(1);
    }

    @Test
    void theEndOfTheContextIsTheEnd() {
        says(RELAY, Relay.OPENED);
        write(Relay.WINDOW + 1);
        session.end("gone for a test");
        assertThat(written).hasOnlyElementsOfType(IOException.class).hasSize(1);
        assertThat(told.events)
                .containsExactly(
                        "opened",
                        "ended: " + RelayedConnection.GONE.formatted(session.context.name(), "gone for a test"));
    }

    @Test
    void nothingIsToldAfterTheClose() {
        says(RELAY, Relay.OPENED);
        write(Relay.WINDOW + 1);
        connection.close();
        connection.close();
        says(RELAY, Relay.END);
        write(1);
        assertThat(told.events).containsExactly("opened");
        assertThat(written).hasOnlyElementsOfType(IOException.class).hasSize(2);
        assertThat(broker.router.handles()).isEqualTo(handles);
    }

    private static final class Told implements Outlet.Events {
        final List<String> events = new ArrayList<>();

        @Override
        public void opened() {
            events.add("opened");
        }

        @Override
        public void failed(IOException why) {
            events.add("failed: " + why.getMessage());
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            events.add(Arrays.toString(Arrays.copyOfRange(bytes, offset, offset + length)));
        }

        @Override
        public void ended(String reason) {
            events.add("ended: " + reason);
        }
    }
}
