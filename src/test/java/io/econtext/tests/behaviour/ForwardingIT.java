package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Call;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import io.econtext.broker.ContextCounters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What forwarding classes and resources costs, and what libraries find on the target. */
@OverEveryWay
class ForwardingIT extends Behaviour {
    private static final int PROBES = 500;
    private static final int AT_A_TIME = 8;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path directory;

    private URLClassLoader loader;

    @BeforeEach
    void makeLibraries() throws IOException {
        URL[] jars = {jar("one"), jar("two")};
        loader = new URLClassLoader(jars, ForwardingIT.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private URL jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2." + name);
        Path file = directory.resolve(name + ".jar");
        String type = "com.acme." + name + ".Service";
        Map<String, byte[]> entries = Map.of(
                path(type),
                type(type),
                "META-INF/services/java.lang.Runnable",
                type.getBytes(StandardCharsets.US_ASCII),
                "com/acme/" + name + "/words.properties",
                "hello=hello".getBytes(StandardCharsets.US_ASCII),
                "com/acme/" + name + "/words_de.properties",
                "hello=hallo".getBytes(StandardCharsets.US_ASCII),
                "com/acme/" + name + "/a b#c?.txt",
                new byte[] {'x'});
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file.toUri().toURL();
    }

    private static String path(String type) {
        return type.replace('.', '/') + ".class";
    }

    /** A class that does nothing when it is run. */
    private static byte[] type(String name) {
        ClassWriter out = new ClassWriter(0);
        out.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", new String[] {
            "java/lang/Runnable"
        });
        MethodVisitor init = out.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(1, 1);
        MethodVisitor run = out.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
        run.visitInsn(Opcodes.RETURN);
        run.visitMaxs(0, 1);
        out.visitEnd();
        return out.toByteArray();
    }

    private <R> R there(TypeRef<R> type, String method, Object... arguments) throws Exception {
        return there(context, type, method, arguments);
    }

    private static <R> R there(RemoteContext where, TypeRef<R> type, String method, Object... arguments)
            throws Exception {
        return where.invoke(Call.named(type, There.class.getName(), method, arguments));
    }

    /** Whether URLs may be made of texts: a JVM that was not started for that doesn't know the protocol. */
    private boolean reparsed() {
        return wayIn != WayIn.IN_PROCESS;
    }

    private long requests() {
        return broker.counters("there").classRequests();
    }

    @Test
    void loadersAreParallelCapable() throws Exception {
        assertThat(there(new TypeRef<Boolean>() {}, "parallelCapable")).isTrue();
    }

    @Test
    void servicesOfAllJarsAreFound() throws Exception {
        assertThat(there(new TypeRef<List<String>>() {}, "services"))
                .containsExactly("com.acme.one.Service 1.2.one one.jar", "com.acme.two.Service 1.2.two two.jar");
    }

    @Test
    void urlsOfTheSameNameAreReadableEach() throws Exception {
        assertThat(there(new TypeRef<List<String>>() {}, "texts", "META-INF/services/java.lang.Runnable", reparsed()))
                .containsExactly("com.acme.one.Service", "com.acme.two.Service");
    }

    @Test
    void bundlesAreFoundByTheirLocale() throws Exception {
        assertThat(there(new TypeRef<String>() {}, "word", "com.acme.one.Service", "com.acme.one.words", "de"))
                .isEqualTo("hallo");
        assertThat(there(new TypeRef<String>() {}, "word", "com.acme.one.Service", "com.acme.one.words", "xx"))
                .isEqualTo("hello");
    }

    @Test
    void namesOfResourcesMayHaveWhatUrlsHaveToEscape() throws Exception {
        there(new TypeRef<List<String>>() {}, "services");
        assertThat(there(new TypeRef<List<String>>() {}, "texts", "com/acme/two/a b#c?.txt", reparsed()))
                .containsExactly("x");
    }

    @Test
    void probesForAbsentNamesCostARequestForAPackageAtMost() throws Exception {
        there(new TypeRef<Integer>() {}, "load", "com.acme.one.Service");
        long cold = requests();
        assertThat(there(new TypeRef<Integer>() {}, "probe", "com.acme.unknown.Absent"))
                .isZero();
        long unknown = requests();
        assertThat(unknown - cold).isLessThanOrEqualTo(1);
        there(new TypeRef<Integer>() {}, "probe", "com.acme.one.Absent");
        there(new TypeRef<Integer>() {}, "probe", "com.acme.two.Absent");
        assertThat(requests() - unknown).isLessThanOrEqualTo(2);
        long known = requests();
        there(new TypeRef<Integer>() {}, "probeResources", "META-INF/services/com.acme.Absent");
        there(new TypeRef<Integer>() {}, "probeResources", "com/acme/unknown/absent");
        there(new TypeRef<Integer>() {}, "probeResources", "com/acme/one/words_");
        there(new TypeRef<Integer>() {}, "probeResources", "application-");
        assertThat(requests() - known).isLessThanOrEqualTo(4);
    }

    @Test
    void whatACallLoadedGoesToTheNextContextInOneFlight() throws Exception {
        assertThat(there(new TypeRef<String>() {}, "json")).isEqualTo("[1,2]");
        await().until(() ->
                all().stream().mapToLong(ContextCounters::classesHit).sum() > 10);
        RemoteContext next = connect("next");
        try {
            long requests =
                    all().stream().mapToLong(ContextCounters::classRequests).sum();
            assertThat(there(next, new TypeRef<String>() {}, "json")).isEqualTo("[1,2]");
            assertThat(all().stream().mapToLong(ContextCounters::classRequests).sum() - requests)
                    .isLessThanOrEqualTo(2);
        } finally {
            broker.remove(next.name());
        }
    }

    private List<ContextCounters> all() {
        return broker.contexts().stream()
                .map(each -> broker.counters(each.name()))
                .toList();
    }

    @Test
    void countersTellWhatWasPushedAndUsed() throws Exception {
        there(new TypeRef<String>() {}, "json");
        await().until(() ->
                all().stream().mapToLong(ContextCounters::classesHit).sum() > 0);
        assertThat(all())
                .allSatisfy(counters -> assertThat(counters.classesPushed())
                        .isEqualTo(counters.classesHit() + counters.classesWasted())
                        .isLessThanOrEqualTo(counters.classesForwarded()));
    }

    @Test
    void parallelLoadsAreUnderWayTogether() throws Exception {
        Thread.currentThread().setContextClassLoader(new Together(loader));
        there(new TypeRef<Integer>() {}, "load", "com.acme.one.Service");
        List<CompletableFuture<Integer>> loads = IntStream.range(0, AT_A_TIME)
                .mapToObj(i -> context.invokeAsync(
                        Call.named(new TypeRef<Integer>() {}, There.class.getName(), "load", Together.PREFIX + i)))
                .toList();
        assertThat(loads).allSatisfy(load -> assertThat(load.join()).isPositive());
    }

    /** Has classes that it gives only when all are asked for. */
    private static final class Together extends ClassLoader {
        static final String PREFIX = "com.acme.together.C";
        private final CyclicBarrier barrier = new CyclicBarrier(AT_A_TIME);

        Together(ClassLoader parent) {
            super(parent);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            String type = name.replace(".class", "").replace('/', '.');
            if (!type.startsWith(PREFIX)) {
                return super.getResourceAsStream(name);
            }
            try {
                barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                return null;
            }
            return new ByteArrayInputStream(type(type));
        }
    }

    /** Runs in the context. */
    static final class There {
        private There() {}

        private static ClassLoader loader() {
            return Thread.currentThread().getContextClassLoader();
        }

        static boolean parallelCapable() {
            return loader().isRegisteredAsParallelCapable()
                    && loader().getParent().isRegisteredAsParallelCapable();
        }

        static List<String> services() {
            List<String> found = new ArrayList<>();
            for (Runnable service : ServiceLoader.load(Runnable.class)) {
                Class<?> type = service.getClass();
                String place =
                        type.getProtectionDomain().getCodeSource().getLocation().getPath();
                found.add(type.getName() + " " + type.getPackage().getImplementationVersion() + " "
                        + place.substring(place.lastIndexOf('/') + 1));
            }
            return found;
        }

        static List<String> texts(String name, boolean reparsed) throws IOException {
            List<String> texts = new ArrayList<>();
            for (URL url : Collections.list(loader().getResources(name))) {
                try (InputStream in = url.openStream();
                        InputStream again = (reparsed ? new URL(url.toString()) : url).openStream()) {
                    byte[] bytes = in.readAllBytes();
                    texts.add(new String(bytes, StandardCharsets.US_ASCII));
                    if (!new String(again.readAllBytes(), StandardCharsets.US_ASCII)
                            .equals(texts.get(texts.size() - 1))) {
                        throw new IOException(url + " differs when it is made of its text");
                    }
                }
            }
            return texts;
        }

        static String word(String type, String bundle, String language) throws ClassNotFoundException {
            Class.forName(type, true, loader());
            return ResourceBundle.getBundle(bundle, Locale.forLanguageTag(language), loader())
                    .getString("hello");
        }

        static int load(String type) throws ClassNotFoundException {
            return Class.forName(type, true, loader()).getName().length();
        }

        static int probe(String prefix) {
            int found = 0;
            for (int i = 0; i < PROBES; i++) {
                try {
                    Class.forName(prefix + i, true, loader());
                    found++;
                } catch (ClassNotFoundException e) {
                    // As expected.
                }
            }
            return found;
        }

        static int probeResources(String prefix) {
            int found = 0;
            for (int i = 0; i < PROBES; i++) {
                found += loader().getResource(prefix + i + ".yml") == null ? 0 : 1;
            }
            return found;
        }

        static String json() {
            return new tools.jackson.databind.ObjectMapper().writeValueAsString(List.of(1, 2));
        }
    }
}
