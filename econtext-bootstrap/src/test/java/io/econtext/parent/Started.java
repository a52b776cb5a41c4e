package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A first stage started as a transport would: a process with its three streams. Used by one thread. */
final class Started implements AutoCloseable {
    final Preamble preamble;
    private final FirstStage stage;
    private final Process process;
    private final OutputStream in;
    private final InputStream out;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Thread errorReader;
    private BufferedReader lines;

    /** Runs {@code shell}, then the stage's command, with nothing in the environment but {@code environment}. */
    Started(FirstStage stage, Map<String, String> environment, List<String> shell) throws IOException {
        this.stage = stage;
        preamble = new Preamble(stage.answer());
        List<String> command = new ArrayList<>(shell);
        command.add(stage.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        in = process.getOutputStream();
        out = process.getInputStream();
        errorReader = new Thread(this::readErrors, "stderr of " + process.pid());
        errorReader.start();
    }

    private void readErrors() {
        try {
            process.getErrorStream().transferTo(errors);
        } catch (IOException e) {
            errors.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Sends what the other side takes: one that ends before tells why by its answer. */
    Started send(byte[] bytes, int from, int to) {
        try {
            in.write(bytes, from, to - from);
            in.flush();
        } catch (IOException e) {
            // It didn't want it all; what it answers is what the test is about.
        }
        return this;
    }

    Started sendAll() {
        byte[] bytes = stage.stdin();
        return send(bytes, 0, bytes.length);
    }

    Started endInput() throws IOException {
        in.close();
        return this;
    }

    /** Reads what is printed until the preamble changes its mind. */
    int awaitAnswer() throws IOException {
        byte[] bytes = new byte[8192];
        int before = preamble.state();
        while (preamble.state() == before) {
            int n = out.read(bytes);
            if (n < 0) {
                return before;
            }
            int used = preamble.feed(bytes, 0, n);
            if (preamble.state() == Preamble.UP) {
                InputStream rest = new ByteArrayInputStream(bytes, used, n - used);
                lines = new BufferedReader(
                        new InputStreamReader(new SequenceInputStream(rest, out), StandardCharsets.UTF_8));
            }
        }
        return preamble.state();
    }

    Started sendAndAwaitUp() throws Exception {
        sendAll();
        assertThat(awaitAnswer()).as("state, after %s", preamble.lastLines()).isEqualTo(Preamble.UP);
        return this;
    }

    /** What the probe answers to one of its words. */
    List<String> ask(String line) throws IOException {
        tell(line);
        List<String> answer = new ArrayList<>();
        for (String next = lines.readLine(); next != null && !next.equals("."); next = lines.readLine()) {
            answer.add(next);
        }
        return answer;
    }

    /** For words after which there is nobody who could answer. */
    void tell(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        send(bytes, 0, bytes.length);
    }

    List<ProcessHandle> children() {
        return process.children().toList();
    }

    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits until nobody has the transport's stderr any more. */
    String errors() throws InterruptedException {
        errorReader.join();
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** Ends the probe by the end of its input and sees to it that nothing is left of what was started. */
    @Override
    public void close() throws Exception {
        List<ProcessHandle> descendants = process.descendants().toList();
        try {
            in.close();
        } catch (IOException e) {
            // The other end went first, and bytes were left to flush.
        }
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        errorReader.join();
        assertThat(ended).as("ends with its input").isTrue();
        for (ProcessHandle descendant : descendants) {
            descendant.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
