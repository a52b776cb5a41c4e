package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Call;
import io.econtext.RemoteCallException;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.codec.EncoderException;
import org.apache.commons.codec.language.bm.BeiderMorseEncoder;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

@OverEveryWay
class ClassesIT extends Behaviour {

    @Test
    void classesOfEveryKindAreForwarded() throws Exception {
        assertThat(context.call(There::kinds))
                .containsExactly(
                        "nested",
                        "inner of outer",
                        "local",
                        "anonymous",
                        "lambda",
                        "enum with a body",
                        "record",
                        "default");
    }

    @Test
    void aLibraryThatIsNotThereWorksThere() {
        assertThat(context.call(There::json)).isEqualTo("[1,2]");
    }

    @Test
    void aLibraryFindsItsOwnResources() throws EncoderException {
        String here = new BeiderMorseEncoder().encode("Müller");
        assertThat(context.call(There::soundOf, "Müller")).isEqualTo(here);
    }

    @Test
    void resourcesAreStreamsAndUrls() throws IOException {
        assertThat(context.call(There::resource, "gen_rules_any.txt"))
                .startsWith("/*")
                .contains("Licensed");
        assertThat(context.call(There::resource, "no_such_rules.txt")).isNull();
    }

    @Test
    void serviceFilesOfLibrariesAreFound() {
        assertThat(context.call(There::services)).contains(JsonFactory.class.getName());
    }

    @Test
    void whatTheApplicationConfiguresStaysHere() throws IOException {
        assertThat(ClassesIT.class.getResource("/logback-test.xml")).isNotNull();
        assertThat(context.call(There::resource, "/logback-test.xml")).isNull();
    }

    @Test
    void anAbsentClassIsAnErrorThatNamesIt() {
        ClassNotFoundException byName =
                catchThrowableOfType(ClassNotFoundException.class, () -> context.call(There::load, "com.acme.Absent"));
        assertThat(byName).hasMessageContaining("com.acme.Absent");
    }

    @Test
    void codeThatNeedsAnAbsentClassFailsWithItsName() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Generated(before));
        try {
            RemoteCallException missing = catchThrowableOfType(
                    RemoteCallException.class,
                    () -> context.invoke(Call.named(TypeRef.of(Void.class), Generated.NEEDS_ABSENT, "run")));
            assertThat(missing.remoteType()).isEqualTo(NoClassDefFoundError.class.getName());
            assertThat(missing.remoteMessage()).isEqualTo("com/acme/Absent");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aRefusedClassIsAnErrorThatNamesThePolicy() {
        RemoteCallException refused =
                catchThrowableOfType(RemoteCallException.class, () -> context.run(There::useTheBroker));
        assertThat(refused.remoteType()).isEqualTo(NoClassDefFoundError.class.getName());
        assertThat(refused.getCause()).hasMessageContaining("policy").hasMessageContaining(Broker.class.getName());
    }

    @Test
    void absentNamesAreAskedForOnce() {
        long before = broker.counters("there").classRequests();
        assertThat(context.call(There::probe, "com.acme.Optional", 200)).isZero();
        long cold = broker.counters("there").classRequests();
        assertThat(context.call(There::probe, "com.acme.Optional", 200)).isZero();
        assertThat(broker.counters("there").classRequests()).isEqualTo(cold);
        assertThat(cold - before).isLessThan(10);
    }

    @Test
    void anInterruptWhileAClassIsLoadedIsKeptAndTheClassIsUsable() {
        assertThat(context.call(There::loadInterrupted)).isEqualTo("loaded, interrupted");
        assertThat(context.call(There::useLoaded)).isEqualTo("loaded");
    }

    @Test
    void manyThreadsMayLoadTheSameClassesAtOnce() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 8)
                .mapToObj(i -> context.callAsync(Together::load, 8))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(6));
    }

    /** Runs in the context. */
    static final class There {
        private final String name;

        There(String name) {
            this.name = name;
        }

        static List<String> kinds() throws Exception {
            List<String> kinds = new ArrayList<>();
            kinds.add(new Nested().toString());
            kinds.add(new There("outer").inner());
            class LocalOne {
                @Override
                public String toString() {
                    return "local";
                }
            }
            kinds.add(new LocalOne().toString());
            kinds.add(
                    new Object() {
                        @Override
                        public String toString() {
                            return "anonymous";
                        }
                    }.toString());
            Callable<String> lambda = () -> "lambda";
            kinds.add(lambda.call());
            kinds.add(Kind.ONE.say());
            kinds.add(new Pair("re", "cord").joined());
            kinds.add(new WithDefault() {}.say());
            return kinds;
        }

        private String inner() {
            return new Inner().say();
        }

        private final class Inner {
            String say() {
                return "inner of " + name;
            }
        }

        static String json() {
            return new tools.jackson.databind.ObjectMapper().writeValueAsString(List.of(1, 2));
        }

        static String soundOf(String word) throws EncoderException {
            return new BeiderMorseEncoder().encode(word);
        }

        static String resource(String resourceName) throws IOException {
            URL url = BeiderMorseEncoder.class.getResource(resourceName);
            try (InputStream stream = BeiderMorseEncoder.class.getResourceAsStream(resourceName)) {
                if (stream == null) {
                    return url == null ? null : "a URL, but no stream";
                }
                byte[] bytes = stream.readAllBytes();
                return url.openConnection().getContentLength() == bytes.length
                        ? new String(bytes)
                        : "the URL differs from the stream";
            }
        }

        static List<String> services() {
            return ServiceLoader.load(TokenStreamFactory.class).stream()
                    .map(provider -> provider.type().getName())
                    .toList();
        }

        static String load(String className) throws ClassNotFoundException {
            return Class.forName(className).getName();
        }

        static void useTheBroker() {
            Broker.create().close();
        }

        static int probe(String prefix, int names) {
            int found = 0;
            for (int i = 0; i < names; i++) {
                try {
                    Class.forName(prefix + i % 5);
                    found++;
                } catch (ClassNotFoundException e) {
                    // As expected.
                }
            }
            return found;
        }

        static String loadInterrupted() {
            Thread.currentThread().interrupt();
            String loaded = Loaded.say();
            return Thread.interrupted() ? loaded + ", interrupted" : loaded;
        }

        static String useLoaded() {
            return Loaded.say();
        }
    }

    static final class Nested {
        @Override
        public String toString() {
            return "nested";
        }
    }

    enum Kind {
        ONE {
            @Override
            String say() {
                return "enum with a body";
            }
        };

        abstract String say();
    }

    record Pair(String a, String b) {
        String joined() {
            return a + b;
        }
    }

    interface WithDefault {
        default String say() {
            return "default";
        }
    }

    static final class Loaded {
        static String say() {
            return "loaded";
        }
    }

    /** Waits until all threads are about to load the same classes. */
    static final class Together {
        private static final AtomicInteger LOADED = new AtomicInteger();
        private static volatile CyclicBarrier barrier;

        static int load(int threads) throws Exception {
            synchronized (Together.class) {
                if (barrier == null) {
                    barrier = new CyclicBarrier(threads);
                }
            }
            barrier.await();
            IntUnaryOperator sum = new A().then(new B().then(new C()::last));
            LOADED.incrementAndGet();
            return sum.applyAsInt(0);
        }
    }

    static final class A {
        IntUnaryOperator then(IntUnaryOperator next) {
            return i -> next.applyAsInt(i + 1);
        }
    }

    static final class B {
        IntUnaryOperator then(IntUnaryOperator next) {
            return i -> next.applyAsInt(i + 2);
        }
    }

    static final class C {
        int last(int i) {
            return i + 3;
        }
    }

    /** Has a class that was never compiled and needs one that is nowhere. */
    private static final class Generated extends ClassLoader {
        static final String NEEDS_ABSENT = "com.acme.NeedsAbsent";
        private final byte[] bytes = needsAbsent();

        Generated(ClassLoader parent) {
            super(parent);
        }

        private static byte[] needsAbsent() {
            ClassWriter writer = new ClassWriter(0);
            writer.visit(
                    Opcodes.V1_8,
                    Opcodes.ACC_PUBLIC,
                    NEEDS_ABSENT.replace('.', '/'),
                    null,
                    "java/lang/Object",
                    new String[0]);
            MethodVisitor run =
                    writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()V", null, new String[0]);
            run.visitMethodInsn(Opcodes.INVOKESTATIC, "com/acme/Absent", "run", "()V", false);
            run.visitInsn(Opcodes.RETURN);
            run.visitMaxs(0, 0);
            run.visitEnd();
            writer.visitEnd();
            return writer.toByteArray();
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(NEEDS_ABSENT)) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.equals(NEEDS_ABSENT.replace('.', '/') + ".class")
                    ? new ByteArrayInputStream(bytes)
                    : super.getResourceAsStream(name);
        }
    }
}
