package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.java8.Packaged;
import io.econtext.Call;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libraries find of the jar that they are in, though no jar is on the target. */
@NeedsContainers
class PackagedIT {
    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void start() throws Exception {
        host = Hosts.jre().readOnly().noSharedMemory().start(ClientKeys.generate(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java17", "java25"})
    void aSealedJarIsFoundAsThatWithItsResourcesAndServices(String java) throws Exception {
        RemoteContext context = broker.connect(host.as(java).named(java).build());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            assertThat(context.invoke(Call.named(new TypeRef<List<String>>() {}, Packaged.class.getName(), "look")))
                    .containsExactly(
                            "/packaged-1.2.jar",
                            "null",
                            "Packaged 1.2",
                            "true true",
                            "hallo",
                            "hello",
                            "wordword",
                            "a service");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Path jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.SEALED, "true");
        main.put(Attributes.Name.IMPLEMENTATION_TITLE, "Packaged");
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2");
        String name = Packaged.class.getName();
        String path = name.replace('.', '/') + ".class";
        Path jar = directory.resolve("packaged-1.2.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream type = Packaged.class.getResourceAsStream("/" + path)) {
            Map<String, byte[]> entries = Map.of(
                    path,
                    type.readAllBytes(),
                    "com/acme/java8/texts.properties",
                    bytes("hello=hello\n"),
                    "com/acme/java8/texts_de.properties",
                    bytes("hello=hallo\n"),
                    "com/acme/java8/words.txt",
                    bytes("word\n"),
                    "META-INF/services/java.util.function.Supplier",
                    bytes(name + "\n"));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
