package io.econtext.tests.e2e;

import io.econtext.tests.hosts.SshServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The demo's fat jar as a process of its own, as users start it. Safe for use by several threads. */
final class DemoJar implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final Output out = new Output();
    private final Output err = new Output();

    private DemoJar(Process process) {
        this.process = process;
        // the streams are read from the start, or a full pipe would stop the program
        out.read(process.getInputStream());
        err.read(process.getErrorStream());
    }

    /** What a run that has ended said; {@code err} includes its log. */
    record Outcome(int status, String out, String err) {}

    /** Starts the program and doesn't wait. */
    static DemoJar start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private static DemoJar start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // short runs are quicker without the optimising compiler
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("econtext.demo.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new DemoJar(builder.start());
    }

    /** Runs the program to its end. */
    static Outcome run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    /** Runs it with more in its environment. */
    static Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        try (DemoJar demo = start(environment, arguments)) {
            return demo.await();
        }
    }

    /** The specification of a user's context on a server. */
    static String spec(SshServer server, String user, String options) {
        return "ssh://" + user + "@127.0.0.1:" + server.port() + "?identity="
                + server.keys().plain() + "&known-hosts=" + server.knownHosts() + "&agent=false&config=" + options;
    }

    Outcome await() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program still runs after " + PATIENCE_SECONDS + " s");
        }
        return new Outcome(process.exitValue(), out.all(), err.all());
    }

    /** What it printed to its standard output until now. */
    String output() {
        return out.soFar();
    }

    /** Waits until the program has printed something to its standard output. */
    void awaitOutput(String text) {
        Awaitility.await()
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> out.soFar().contains(text) || !process.isAlive());
        if (!out.soFar().contains(text)) {
            throw new IllegalStateException("never printed '" + text + "' but " + out.soFar() + err.soFar());
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** One of the streams, read by a thread of its own until its end. */
    private static final class Output {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Thread reader;

        void read(InputStream stream) {
            reader = new Thread(
                    () -> {
                        try (stream) {
                            stream.transferTo(bytes);
                        } catch (IOException e) {
                            // killed: what came before is what there is
                        }
                    },
                    "output of the demo");
            reader.start();
        }

        String soFar() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        String all() throws InterruptedException {
            reader.join();
            return soFar();
        }
    }
}
