package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a context gains by the ids for children of its own that it was leased. */
class AdoptionTest {
    private final Broker broker = Broker.create();
    private final ControlledContext parent =
            (ControlledContext) broker.connect(InProcess.context().named("a"));

    @AfterEach
    void close() {
        broker.close();
        assertThat(broker.tree.sessions()).isEmpty();
    }

    private Session adopted(String name) {
        return broker.adopt(parent.session(), new StartedThere(name, "made up", ContextOptions.DEFAULTS));
    }

    @Test
    void whatItsChildrenLogTakesItsOwnRoom() {
        Session child = adopted("child");
        Session grandchild = broker.adopt(child, new StartedThere("x", "made up", ContextOptions.DEFAULTS));
        assertThat(child.logs.queuedBytes).isSameAs(parent.session().logs.queuedBytes);
        assertThat(grandchild.logs.queuedBytes).isSameAs(child.logs.queuedBytes);
    }

    @Test
    void aChildOfAContextThatIsGoneIsGoneToo() {
        Session gone = parent.session();
        Session child = adopted("child");
        gone.lost("cut");
        assertThat(child.ended).isCompleted();
        Session late = broker.adopt(gone, new StartedThere("late", "made up", ContextOptions.DEFAULTS));
        assertThat(late.ended.join()).contains("cut");
        gone.end("closed");
    }

    @Test
    void theControllerServesItsOwnChildrenOnly() throws IOException {
        Session child = adopted("child");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeInt(0);
        out.writeShort(17);
        out.writeByte(0);
        out.writeUTF("io.econtext.Exec");
        byte[] request = body.toByteArray();
        child.received(new Message(
                Message.CONTROL | Message.LAST,
                child.id(),
                child.id(),
                0,
                Handles.CLASS,
                1024,
                1,
                0,
                request.length,
                request));
        assertThat(broker.counters("a/child").refused()).isEqualTo(1);
        assertThat(child.classes.sent.keys()).isEmpty();
    }
}
