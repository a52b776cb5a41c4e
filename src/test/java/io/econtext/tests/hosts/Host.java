package io.econtext.tests.hosts;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
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
    private final PrivateNetwork network;
    private final String hostKey;
    private final Path knownHosts;

    private Host(GenericContainer<?> container, ClientKeys keys, PrivateNetwork network) throws Exception {
        this.container = container;
        this.keys = keys;
        this.network = network;
        String[] key = exec("cat", "/etc/ssh/ssh_host_ed25519_key.pub").split(" ");
        hostKey = key[0] + " " + key[1];
        knownHosts = network == null ? keys.knownHosts(port(), hostKey) : null;
    }

    /** @param network the only one that it is in, or {@code null} for the one that this machine is in */
    static Host start(
            String image,
            UnaryOperator<HostConfig> settings,
            List<String> sshd,
            ClientKeys keys,
            PrivateNetwork network)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "-o", "AuthorizedKeysCommand=/etc/econtext/authorized-keys.sh " + String.join(" ", keys.authorized())));
        sshd.forEach(setting -> command.addAll(List.of("-o", setting)));
        GenericContainer<?> container = new GenericContainer<>(image)
                .withImagePullPolicy(name -> false)
                .withLabel("io.econtext.tests", "host")
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> settings.apply(create.getHostConfig()))
                .waitingFor(Wait.forLogMessage(".*Server listening on 0.0.0.0.*", 1));
        if (network == null) {
            container.withExposedPorts(SSH_PORT);
        } else {
            network.contain(container);
        }
        try {
            container.start();
            return new Host(container, keys, network);
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

    /** Its address. */
    public String address() {
        return ownNetwork().getIpAddress();
    }

    /** The address that it reaches this machine at. */
    public String gateway() {
        return ownNetwork().getGateway();
    }

    private ContainerNetwork ownNetwork() {
        return container
                .getContainerInfo()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .iterator()
                .next();
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

    /** Lets a user of this host come in on another, which is known there as {@code name}, without a password. */
    public void giveKeyTo(String user, Host other, String name) throws IOException, InterruptedException {
        exec(
                "su",
                user,
                "--",
                "-c",
                "umask 77; mkdir -p ~/.ssh; echo \"$1\" >~/.ssh/id_ed25519; echo \"$2\" >>~/.ssh/known_hosts",
                "sh",
                Files.readString(keys.plain()),
                name + " " + other.hostKey);
    }

    /** A file that holds this server's key under a name and nothing else. */
    public Path knownHosts(String name) throws IOException {
        return keys.knownHosts(name, hostKey);
    }

    /** What it has received from its network so far, in bytes. */
    public long received() throws IOException, InterruptedException {
        return Long.parseLong(
                exec("cat", "/sys/class/net/eth0/statistics/rx_bytes").strip());
    }

    /** The process ids of the contexts here that a controller started, by the title that it gives them. */
    public List<Long> contexts(long controller) throws IOException, InterruptedException {
        return exec("sh", "-c", "pgrep -f '^econtext:[^ ]*:" + controller + " ' || true")
                .lines()
                .map(Long::valueOf)
                .toList();
    }

    /** Nothing goes to the network that it shares with its gateway, or comes from there, until {@link #connect}. */
    public void disconnect() {
        network.disconnect(container);
    }

    public void connect() {
        network.connect(container);
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
        if (network != null) {
            network.close();
        }
    }
}
