package io.econtext.tests.hosts;

import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A running container with an OpenSSH server. Safe for use by several threads. */
public final class Host implements SshServer {

    private static final int SSH_PORT = 22;

    private final GenericContainer<?> container;
    private final ClientKeys keys;
    private final Path knownHosts;

    private Host(GenericContainer<?> container, ClientKeys keys) throws Exception {
        this.container = container;
        this.keys = keys;
        String[] hostKey = exec("cat", "/etc/ssh/ssh_host_ed25519_key.pub").split(" ");
        this.knownHosts = keys.knownHosts(port(), hostKey[0] + " " + hostKey[1]);
    }

    static Host start(String image, UnaryOperator<HostConfig> settings, List<String> sshd, ClientKeys keys)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "-o", "AuthorizedKeysCommand=/etc/econtext/authorized-keys.sh " + String.join(" ", keys.authorized())));
        sshd.forEach(setting -> command.addAll(List.of("-o", setting)));
        GenericContainer<?> container = new GenericContainer<>(image)
                .withImagePullPolicy(name -> false)
                .withLabel("io.econtext.tests", "host")
                .withExposedPorts(SSH_PORT)
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> settings.apply(create.getHostConfig()))
                .waitingFor(Wait.forLogMessage(".*Server listening on 0.0.0.0.*", 1));
        try {
            container.start();
            return new Host(container, keys);
        } catch (Exception e) {
            container.stop();
            throw e;
        }
    }

    @Override
    public int port() {
        return container.getMappedPort(SSH_PORT);
    }

    @Override
    public Path knownHosts() {
        return knownHosts;
    }

    @Override
    public ClientKeys keys() {
        return keys;
    }

    /** The engine's id of the container, for what only the engine's own client can do. */
    public String containerId() {
        return container.getContainerId();
    }

    /** Runs a command there as root, not over ssh, and gives what it printed on both streams. */
    public String exec(String... command) throws IOException, InterruptedException {
        ExecResult result = container.execInContainer(command);
        String output = result.getStdout() + result.getStderr();
        if (result.getExitCode() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + result.getExitCode() + ": " + output);
        }
        return output;
    }

    /** The command lines of a user's processes, one a line; empty if there are none. */
    public String processes(String user) throws IOException, InterruptedException {
        return exec("sh", "-c", "ps -o args= -u " + user + " || true");
    }

    /** What the ssh server has logged. */
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }
}
