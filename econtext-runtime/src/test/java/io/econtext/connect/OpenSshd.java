package io.econtext.connect;

import io.econtext.Ssh;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real OpenSSH server on loopback that lets the user of this process in, with a key of every type, and with a home
 * directory of the test's.
 *
 * <p>Used by one thread.
 */
final class OpenSshd implements AutoCloseable {
    static final List<String> TYPES = List.of("ed25519", "ecdsa", "rsa");

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final Path ROOT_NEEDS = Path.of("/run/sshd");
    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final Process process;
    private final Thread log;
    private final int port;

    private OpenSshd(Path directory, Process process, BufferedReader words, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        log = new Thread(() -> words.lines().forEach(line -> {}), "sshd-log");
        log.setDaemon(true);
        log.start();
    }

    /** Tells by name why tests are skipped where there is no server. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (!Files.isExecutable(PROGRAM)) {
                return ConditionEvaluationResult.disabled(PROGRAM + " is not installed");
            }
            if (System.getProperty("user.name").equals("root") && !Files.isDirectory(ROOT_NEEDS)) {
                return ConditionEvaluationResult.disabled("run by root, sshd needs the directory " + ROOT_NEEDS);
            }
            return ConditionEvaluationResult.enabled(PROGRAM + " is there");
        }
    }

    /** Starts a server with these lines ahead of its configuration: of two settings sshd takes the first. */
    static OpenSshd start(Path directory, String... settings) throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("home"));
        for (String type : TYPES) {
            if (!Files.exists(directory.resolve("host_" + type))) {
                Tool.key(directory.resolve("host_" + type), type, "");
            }
        }
        if (!Files.exists(directory.resolve("key"))) {
            Tool.key(directory.resolve("key"), "ed25519", "");
            Files.copy(directory.resolve("key.pub"), directory.resolve("authorized"));
        }
        List<String> words = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort();
            Path config = directory.resolve("config-" + port);
            Files.write(config, configuration(directory, port, settings));
            Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            BufferedReader log = process.inputReader();
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                words.add(line);
                if (line.startsWith("Server listening on ")) {
                    return new OpenSshd(directory, process, log, port);
                }
            }
        }
        throw new IOException("sshd did not start: " + String.join("\n", words));
    }

    private static List<String> configuration(Path directory, int port, String... settings) {
        List<String> lines = new ArrayList<>(List.of(settings));
        for (String type : TYPES) {
            lines.add("HostKey " + directory.resolve("host_" + type));
        }
        lines.addAll(List.of(
                "ListenAddress 127.0.0.1:" + port,
                "AuthorizedKeysFile " + directory.resolve("authorized"),
                "SetEnv HOME=" + directory.resolve("home"),
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "PidFile none",
                "MaxStartups 100"));
        return lines;
    }

    /** May be taken by somebody else before sshd has it, hence the attempts. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Path key() {
        return directory.resolve("key");
    }

    /** Lets whoever has the private key of this one in too. */
    void authorize(Path key) throws IOException {
        Path authorized = directory.resolve("authorized");
        Path next = directory.resolve("authorized.next");
        Files.writeString(next, Files.readString(authorized) + Files.readString(publicPart(key)));
        Files.move(next, authorized, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The server's key of a type, as {@code ssh-keygen} writes it. */
    Path hostKey(String type) {
        return publicPart(directory.resolve("host_" + type));
    }

    private static Path publicPart(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    String knownAs() {
        return "[127.0.0.1]:" + port;
    }

    /** A file that holds the server's keys of these types. */
    Path knownHosts(List<String> types) throws IOException {
        Path file = directory.resolve("known-" + port + "-" + String.join("-", types));
        if (!Files.exists(file)) {
            StringBuilder lines = new StringBuilder();
            for (String type : types) {
                lines.append(knownAs()).append(' ').append(Files.readString(hostKey(type)));
            }
            Files.writeString(file, lines);
        }
        return file;
    }

    /** The way in that works, without anything of the machine's own configuration. */
    Ssh.Builder way() throws IOException {
        return keyless().identity(key().toString());
    }

    Ssh.Builder keyless() throws IOException {
        return Ssh.to(System.getProperty("user.name") + "@127.0.0.1:" + port)
                .agent(false)
                .configFile("")
                .knownHostsFile(knownHosts(TYPES).toString());
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> below = process.descendants().toList();
        process.toHandle().destroy();
        process.waitFor();
        below.forEach(ProcessHandle::destroyForcibly);
        below.forEach(child -> child.onExit().join());
        log.join(TimeUnit.SECONDS.toMillis(10));
    }
}
