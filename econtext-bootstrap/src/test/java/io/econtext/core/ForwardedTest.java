package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.NoThreadLeft;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of classes that the target doesn't have, with a controller that has some of them. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ForwardedTest {
    private static final int APPLICATION = 1;

    private final Target target = new Target(2, new Without(ForwardedTest.class.getClassLoader()));
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void serveClasses() {
        target.controller.register(Handles.CLASS, new Handler(Handler.ANYONE) {
            @Override
            public void handle(Message m) {
                String name = name(m);
                boolean own = Message.getInt(m.body, 0) == 0;
                if (!own) {
                    asked.add(name);
                }
                byte[] answer = own || name.equals(Absent.class.getName()) ? new byte[] {1, 0, 0} : found(name);
                target.controller.send(target.controller.message(Message.NORMAL, m.source, m.replyTo, 0, answer));
            }
        });
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void aClassIsFetchedOnce() throws Exception {
        assertThat(call("plain")).isEqualTo("plain");
        assertThat(call("plain")).isEqualTo("plain");
        assertThat(asked).containsExactly(Siblings.class.getName());
    }

    @Test
    void aMethodIsFoundBesideOneWhoseSignatureNamesAClassThatIsNowhere() throws Exception {
        assertThat(call("plain")).isEqualTo("plain");
        assertThat(target.call(application("counted", int.class, String[].class)
                                .with(new byte[] {0x3A, 0x29, 0x0A, 4, (byte) 0xF8, 0x40, 'a', 0x40, 'b', (byte) 0xF9}))
                        .value(int.class))
                .isEqualTo(2);
        assertThat(asked).doesNotContain(Absent.class.getName());
    }

    @Test
    void whatItThrowsThereIsThrownAsItIs() throws Exception {
        Answer.Thrown thrown = target.call(application("failing", String.class)).thrown();
        assertThat(thrown.type()).isEqualTo(ExecutionException.class.getName());
        assertThat(thrown.message).isEqualTo("without a cause");
        assertThat(thrown.frames.get(0)).startsWith(Siblings.class.getName() + ".failing(");
    }

    @Test
    void aMethodThatNeedsWhatIsNowhereFailsAndAsksOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(target.call(application("needing", void.class)).thrown().type())
                    .isEqualTo(NoClassDefFoundError.class.getName());
        }
        assertThat(asked).containsOnlyOnce(Absent.class.getName());
    }

    @Test
    void aRequestThatTheLinkTakesAwayIsAFailureOfTheCall() throws Exception {
        target.controller.unregister(Handles.CLASS);
        Answer.Thrown thrown = target.call(application("plain", String.class)).thrown();
        assertThat(thrown.type()).isEqualTo(ClassNotFoundException.class.getName());
        assertThat(thrown.message).isEqualTo(Siblings.class.getName() + ": " + Router.NO_HANDLE + Handles.CLASS);
        assertThat(target.context.router.handles()).isEqualTo(3);
    }

    private Object call(String method) throws InterruptedException {
        return target.call(application(method, String.class)).value(String.class);
    }

    private static CallBody application(String method, Class<?> result, Class<?>... parameters) {
        return CallBody.of(Siblings.class, method, result, parameters).loader(APPLICATION);
    }

    private static String name(Message m) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(m.body));
            in.readInt();
            in.readUnsignedShort();
            in.readBoolean();
            return in.readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] found(String name) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(new byte[3]);
        try (InputStream in = ForwardedTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class");
                DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(answer))) {
            byte[] bytes = in.readAllBytes();
            out.writeInt(1);
            out.writeInt(APPLICATION);
            out.writeUTF(name);
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toByteArray();
    }

    /** Is nowhere. */
    static final class Absent {}

    /** Is on the controller only. */
    static final class Siblings {
        static String plain() {
            return "plain";
        }

        static int counted(String... texts) {
            return texts.length;
        }

        static String failing() throws ExecutionException {
            throw new ExecutionException("without a cause", null);
        }

        static Absent other() {
            return null;
        }

        static void needing() {
            new Absent();
        }
    }

    /** What a target has: everything but the two above. */
    private static final class Without extends ClassLoader {
        Without(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Absent.class.getName()) || name.equals(Siblings.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
