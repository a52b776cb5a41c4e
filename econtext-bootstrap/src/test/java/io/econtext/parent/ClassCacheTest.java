package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a controller, which answers when the test says so, and children. */
class ClassCacheTest implements Router.Watcher {
    private static final int PARENT = 1;
    private static final int FIRST_CHILD = 2;

    private final Router controller = new Router(0, new int[0], this);
    private final Router parent = new Router(PARENT, new int[] {0}, this);
    private final ClassCache cache = new ClassCache(parent, Runnable::run);
    private final ArrayDeque<Message> asked = new ArrayDeque<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    @BeforeEach
    void start() {
        new Wire(controller, parent);
        parent.register(Handles.CLASS, cache);
        controller.register(Handles.CLASS, new Handler(Handler.ANYONE) {
            @Override
            public void handle(Message m) {
                asked.add(m);
            }
        });
    }

    @Test
    void whatManyChildrenAskForAtATimeGoesUpInTurns() {
        List<Child> children = new ArrayList<>();
        for (int c = 0; c < 17; c++) {
            Child child = new Child(FIRST_CHILD + c);
            children.add(child);
            for (int i = 0; i < 16; i++) {
                child.ask(17, "C" + c + "_" + i);
            }
        }
        assertThat(asked).hasSize(ClassCache.MAX_ASKED);
        while (!asked.isEmpty()) {
            answer(asked.poll(), 61);
            assertThat(asked).hasSizeLessThanOrEqualTo(ClassCache.MAX_ASKED);
        }
        assertThat(children).allSatisfy(child -> assertThat(child.answers).hasSize(16));
    }

    @Test
    void aChildThatAsksForTooMuchLosesItsLinkAndNobodyElse() {
        Child hostile = new Child(FIRST_CHILD);
        Child honest = new Child(FIRST_CHILD + 1);
        for (int i = 0; i <= ClassCache.MAX_REQUESTS; i++) {
            hostile.ask(17, "C" + i);
        }
        assertThat(lost).contains("asks for more than " + ClassCache.MAX_REQUESTS + " classes at a time");
        honest.ask(17, "Honest");
        while (!asked.isEmpty()) {
            answer(asked.poll(), 61);
        }
        assertThat(honest.answers).hasSize(1);
    }

    @Test
    void onlyChildrenMayAskWhateverIsLeasedToThem() {
        Child child = new Child(FIRST_CHILD);
        Leases.lease(child.wire.down, 10, 20);
        byte[] body = request(17, "Any");
        int reply = child.router.register(child);
        child.router.send(new Message(
                Message.NORMAL | Message.LAST, 10, 10, PARENT, Handles.CLASS, reply, 1, 0, body.length, body));
        assertThat(asked).isEmpty();
        assertThat(refused).containsExactly(Router.NOT_ALLOWED + Handles.CLASS);
    }

    @Test
    void aNewerJavaIsServedItsOwnVersionOfAClass() {
        Child old = new Child(FIRST_CHILD);
        Child young = new Child(FIRST_CHILD + 1);
        old.ask(8, "com.acme.Versioned");
        answer(asked.poll(), 52);
        young.ask(17, "com.acme.Versioned");
        answer(asked.poll(), 61);
        assertThat(old.answers.get(0)).isNotEqualTo(young.answers.get(0));
        for (int feature : new int[] {8, 17}) {
            old.ask(feature, "com.acme.Versioned");
            young.ask(feature, "com.acme.Versioned");
        }
        assertThat(asked).isEmpty();
        assertThat(old.answers.get(1)).isEqualTo(young.answers.get(1));
        assertThat(old.answers.get(2)).isEqualTo(young.answers.get(2));
    }

    @Test
    void namesOfNothingDoNotDriveOutClasses() {
        Child honest = new Child(FIRST_CHILD);
        Child hostile = new Child(FIRST_CHILD + 1);
        honest.ask(17, "com.acme.Kept");
        answer(asked.poll(), 61);
        char[] rest = new char[60_000];
        Arrays.fill(rest, 'x');
        for (int i = 0; i < 200; i++) {
            hostile.ask(17, i + new String(rest));
            reply(asked.poll(), new byte[] {1});
        }
        hostile.ask(17, 199 + new String(rest));
        honest.ask(17, "com.acme.Kept");
        assertThat(asked).isEmpty();
        assertThat(honest.answers).hasSize(2);
    }

    @Test
    void whatADigestHasNotIsNotAskedFor() throws IOException {
        Child child = new Child(FIRST_CHILD);
        child.ask(17, "com.acme.None0");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {1, 0, 0});
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(body))) {
            out.writeInt(1);
            out.writeInt(1);
            out.writeUTF("com/acme/");
            out.writeInt(4);
            out.writeInt("com/acme/There.class".hashCode());
        }
        reply(asked.poll(), body.toByteArray());
        for (int i = 1; i < 500; i++) {
            child.ask(17, "com.acme.None" + i);
        }
        assertThat(asked).isEmpty();
        assertThat(child.answers).hasSize(500).allMatch(answer -> answer[0] == 1);
        child.ask(17, "com.acme.There");
        assertThat(asked).hasSize(1);
    }

    @Test
    void longAnswersWaitForASlowChild() throws IOException {
        Child child = new Child(FIRST_CHILD);
        child.ask(17, "com.acme.First");
        child.ask(17, "com.acme.Second");
        child.wire.down.hold();
        for (int i = 0; i < 2; i++) {
            byte[] body = Arrays.copyOf(new byte[] {4}, 5 << 20);
            reply(asked.poll(), body);
            cache.again();
        }
        child.wire.down.release();
        assertThat(child.answers).hasSize(1);
        cache.again();
        assertThat(child.answers).hasSize(2).allMatch(answer -> answer.length == 5 << 20);
        cache.again();
        assertThat(child.answers).hasSize(2);
        assertThat(asked).isEmpty();
    }

    private void answer(Message request, int classFileVersion) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(request.body));
            int loader = in.readInt();
            in.readUnsignedShort();
            in.readUnsignedByte();
            reply(request, found(loader, in.readUTF(), classFileVersion));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reply(Message request, byte[] body) {
        controller.send(controller.message(Message.NORMAL, request.source, request.replyTo, 0, body));
    }

    private static byte[] found(int loader, String name, int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(name.endsWith("Versioned") ? 4 : 0);
        bytes.write(0);
        bytes.write(0);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(1);
            out.writeInt(loader);
            out.writeUTF(name);
            out.writeInt(8);
            out.writeInt(0xcafebabe);
            out.writeInt(version);
        }
        return bytes.toByteArray();
    }

    private static byte[] request(int feature, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(1);
            out.writeShort(feature);
            out.writeByte(0);
            out.writeUTF(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void lost(Link link, String reason) {
        if (!link.isUp()) {
            lost.add(reason);
            cache.lost(link.first);
        }
    }

    @Override
    public void refused(Link link, Message message, String why) {
        refused.add(why);
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return null;
    }

    private final class Child extends Handler {
        final Router router;
        final Wire wire;
        final List<byte[]> answers = new ArrayList<>();

        Child(int id) {
            super(ANYONE);
            router = new Router(id, new int[] {PARENT, 0}, ClassCacheTest.this);
            wire = new Wire(parent, router);
        }

        void ask(int feature, String name) {
            byte[] body = request(feature, name);
            router.send(router.message(Message.CONTROL, PARENT, Handles.CLASS, router.register(this), body));
        }

        @Override
        public void handle(Message m) {
            if (!m.isBounced()) {
                answers.add(m.body);
            }
        }
    }
}
