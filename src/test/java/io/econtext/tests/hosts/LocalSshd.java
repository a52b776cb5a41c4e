package io.econtext.tests.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An OpenSSH server on loopback that lets the user of this process in, with files in the folder of the keys only. Safe
 * for use by several threads.
 */
public final class LocalSshd implements SshServer {

    static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private static final String NO_PENALTIES = "PerSourcePenalties no";

    private static final int ATTEMPTS = 10;

    private final Process process;
    private final Thread reader;
    private final int port;
    private final ClientKeys keys;
    private final Path knownHosts;

    private LocalSshd(Process process, BufferedReader log, int port, ClientKeys keys, Path knownHosts) {
        this.process = process;
        this.reader = new Thread(() -> readAll(log), "sshd-log-" + port);
        this.port = port;
        this.keys = keys;
        this.knownHosts = knownHosts;
        reader.start();
    }

    /** Whether this machine has what a server of ours needs. */
    public static boolean canStart() {
        return Files.isExecutable(PROGRAM) && SshdCondition.isRoomForPrivileges();
    }

    private static void readAll(BufferedReader log) {
        try (log) {
            log.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The JDK closes the streams of a process that ends.
        }
    }

    /** Starts a server with these lines ahead of its configuration; of two settings sshd takes the first. */
    public static LocalSshd start(ClientKeys keys, String... settings) throws IOException, InterruptedException {
        Path hostKey = keys.hostKey();
        List<String> words = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort();
            Path config = Files.writeString(
                    hostKey.resolveSibling("sshd_config-" + port), configuration(keys, hostKey, port, settings));
            // sshd starts itself anew for every connection and so wants its absolute path
            Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            BufferedReader log = process.inputReader();
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                words.add(line);
                if (line.startsWith("Server listening on ")) {
                    String[] key = Files.readString(Path.of(hostKey + ".pub")).split(" ");
                    return new LocalSshd(process, log, port, keys, keys.knownHosts(port, key[0] + " " + key[1]));
                }
            }
            process.waitFor();
        }
        throw new IOException("sshd did not start: " + String.join("\n", words));
    }

    private static String configuration(ClientKeys keys, Path hostKey, int port, String... settings)
            throws IOException, InterruptedException {
        Path authorized = Files.write(
                hostKey.resolveSibling("authorized_keys"),
                keys.authorized().stream().map(key -> "ssh-ed25519 " + key).toList());
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.addAll(List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + hostKey,
                "AuthorizedKeysFile " + authorized,
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "PidFile none",
                "MaxStartups 100"));
        lines.addAll(penalties());
        return String.join("\n", lines) + "\n";
    }

    /** Newer servers turn away an address for seconds after a failed login. Only they know the setting against it. */
    private static List<String> penalties() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(PROGRAM.toString(), "-G", "-f", "/dev/null", "-o", NO_PENALTIES)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return check.waitFor() == 0 ? List.of(NO_PENALTIES) : List.of();
    }

    /** May be taken by somebody else before sshd has it, hence the attempts. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The only user that the server lets in. */
    public String user() {
        return System.getProperty("user.name");
    }

    /** The process that listens; its children serve the connections. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path knownHosts() {
        return knownHosts;
    }

    @Override
    public ClientKeys keys() {
        return keys;
    }

    /** Ends the server, every connection and every process below them. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        process.onExit().join();
        below.forEach(ProcessHandle::destroyForcibly);
        below.forEach(child -> child.onExit().join());
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
