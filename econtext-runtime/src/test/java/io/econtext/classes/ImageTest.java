package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Trivial;
import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.parent.FirstStage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the sizes that are promised, and boots what was packed. */
class ImageTest {
    private static final File OTHER_JAVA = new File("/usr/lib/jvm/temurin-25-jdk-amd64/bin/java");

    @TempDir
    private Path directory;

    static Stream<String> javas() {
        Stream<String> own = Stream.of(System.getProperty("java.home") + "/bin/java");
        return OTHER_JAVA.canExecute() ? Stream.concat(own, Stream.of(OTHER_JAVA.getPath())) : own;
    }

    @Test
    void whatIsSentBeforeAContextCanServeStaysWithinTheLimits() {
        Map<String, Integer> sizes = Sizes.all();
        System.out.print(Sizes.table());

        assertThat(sizes.get(Sizes.COMMAND)).as(Sizes.COMMAND).isLessThanOrEqualTo(Sizes.COMMAND_LIMIT);
        assertThat(sizes.get(Sizes.CORE)).as("%s: %s", Sizes.CORE, sizes).isLessThanOrEqualTo(Sizes.CORE_LIMIT);
        assertThat(sizes).containsKey("on demand: facts");
    }

    @Test
    void whatIsSentUpToAFirstResultStaysWithinTheLimit() {
        try (Broker broker = Broker.create()) {
            RemoteContext context = broker.connect(Local.process());
            context.call(System::nanoTime);
            assertThat(broker.counters(context.name()).bytesOut()).isLessThanOrEqualTo(Sizes.FIRST_RESULT_LIMIT);
            context.run(Trivial::nothing);
            assertThat(broker.counters(context.name()).classRequests()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aJvmBootsFromIt(String java) throws Exception {
        Image image = Image.load();
        ContextOptions options = ContextOptions.builder().java(java).build();
        FirstStage stage = new FirstStage(options, 12_345_678, image.bootJar, false);
        Process process = new ProcessBuilder("/bin/sh", "-c", stage.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream out = process.getOutputStream();
                InputStream in = process.getInputStream()) {
            out.write(stage.stdin());
            out.write(image.core);
            out.write(greeting());
            out.flush();

            assertThat(line(in)).isEmpty();
            assertThat(line(in)).startsWith("econtext-" + stage.answer() + " up ");
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyPackedClassPassesTheVerifier(String java) throws Exception {
        Image image = Image.load();
        Path jar = Files.write(directory.resolve("boot.jar"), image.bootJar);
        Path core = Files.write(directory.resolve("core"), image.core);
        String classes =
                String.join(",", OwnClasses.core("io.econtext.core.Context").keySet());
        Path probe = Path.of(CoreProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        jar + File.pathSeparator + probe,
                        CoreProbe.class.getName(),
                        core.toString(),
                        classes)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines().toList()).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("initialized "));
    }

    private static byte[] greeting() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(1);
        out.writeInt(0);
        out.writeInt(5);
        out.writeUTF("name");
        out.writeByte(1);
        for (int i : List.of(0, 1000, 5000, 4)) {
            out.writeInt(i);
        }
        out.writeUTF(".level=800");
        out.writeInt(1 << 26);
        return bytes.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\n' && b >= 0) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
