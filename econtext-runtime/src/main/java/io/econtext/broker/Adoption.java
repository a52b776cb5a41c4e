package io.econtext.broker;

import io.econtext.ContextOptions;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.parent.Printable;
import io.econtext.parent.ProcessName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * Lets contexts start children of their own accord: leases each child an id, and knows it as a context of this broker as
 * long as it is there.
 *
 * <pre>
 * request:  utf name   utf address   i32 ms that the start may take   i32 grace ms   i32 heartbeat ms   i32 workers
 * reply:    u8 0 leased: i32 id   u8 whether siblings may not talk to each other   i32 bytes of the boot jar
 *              utf process name   i32 bytes of the configuration, these
 *           u8 1 refused: UTF-8 why
 * </pre>
 *
 * Called on readers of links; safe for use by any thread.
 */
final class Adoption {
    static final String FORBIDDEN = "the policy of the controller forbids code in contexts to start others";
    static final String TOO_MANY = "code in '%s' has started %d contexts, which is the limit";
    static final String NO_NAME = "a context needs a name of at most %d characters";

    private static final int MAX_NAME = 200;
    private static final int LEASED = 0;
    private static final int REFUSED = 1;

    private final Broker broker;
    private final int max;

    /** @param max how many such children a context may have at a time */
    Adoption(Broker broker, int max) {
        this.broker = broker;
        this.max = max;
    }

    /** A context wants to start a child. */
    void asked(Session parent, Message m) throws IOException {
        StartedThere way = way(new DataInputStream(new ByteArrayInputStream(m.body)));
        byte[] reply;
        try {
            check(parent, way);
            reply = leased(broker.adopt(parent, way));
        } catch (IllegalArgumentException | IllegalStateException e) {
            reply = refused(e.getMessage());
        }
        if (m.replyTo != 0) {
            broker.router.send(broker.router.message(Message.CONTROL, m.source, m.replyTo, 0, reply));
        }
    }

    private static StartedThere way(DataInputStream in) throws IOException {
        String name = Printable.line(in.readUTF());
        String address = Printable.line(in.readUTF());
        ContextOptions options = ContextOptions.builder()
                .connectTimeout(Duration.ofMillis(Math.max(1, in.readInt())))
                .grace(Duration.ofMillis(Math.max(1, in.readInt())))
                .heartbeat(Duration.ofMillis(Math.max(1, in.readInt())))
                .workers(Math.max(1, in.readInt()))
                .build();
        return new StartedThere(name, address, options);
    }

    private void check(Session parent, StartedThere way) {
        if (max == 0) {
            throw new IllegalStateException(FORBIDDEN);
        }
        if (way.name().isEmpty() || way.name().length() > MAX_NAME) {
            throw new IllegalArgumentException(NO_NAME.formatted(MAX_NAME));
        }
        long started = broker.children(parent.context).stream()
                .filter(child -> child.way() instanceof StartedThere)
                .count();
        if (started >= max) {
            throw new IllegalStateException(TOO_MANY.formatted(parent.context.name(), started));
        }
    }

    private byte[] leased(Session child) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] configuration = child.configuration();
        out.writeByte(LEASED);
        out.writeInt(child.id());
        out.writeBoolean(broker.tree.isUnidirectional());
        out.writeInt(broker.classes.bootJar().length);
        out.writeUTF(ProcessName.ofThisProcess());
        out.writeInt(configuration.length);
        out.write(configuration);
        return bytes.toByteArray();
    }

    private static byte[] refused(String why) {
        byte[] text = Text.bytes(why);
        byte[] reply = new byte[1 + text.length];
        reply[0] = REFUSED;
        System.arraycopy(text, 0, reply, 1, text.length);
        return reply;
    }
}
