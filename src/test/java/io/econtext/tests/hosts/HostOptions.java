package io.econtext.tests.hosts;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Which image a host is made from and how it is run. Immutable: every method gives a new one. */
public final class HostOptions {

    private final String dockerfile;
    private final String target;
    private final UnaryOperator<HostConfig> settings;
    private final List<String> sshd;
    private final PrivateNetwork network;

    HostOptions(String dockerfile, String target) {
        this(dockerfile, target, UnaryOperator.identity(), List.of(), null);
    }

    private HostOptions(
            String dockerfile,
            String target,
            UnaryOperator<HostConfig> settings,
            List<String> sshd,
            PrivateNetwork network) {
        this.dockerfile = dockerfile;
        this.target = target;
        this.settings = settings;
        this.sshd = sshd;
        this.network = network;
    }

    /** Nothing can be written but in what the kernel itself provides, {@code /dev/shm} among it. */
    public HostOptions readOnly() {
        return with(config -> config.withReadonlyRootfs(true));
    }

    /** Gives {@code /dev/shm} this size. */
    public HostOptions sharedMemory(long bytes) {
        return with(config -> config.withShmSize(bytes));
    }

    /** There is no {@code /dev/shm}. */
    public HostOptions noSharedMemory() {
        return with(config -> config.withIpcMode("none"));
    }

    /** Bounds the memory of all processes of the host together. */
    public HostOptions memory(long bytes) {
        return with(config -> config.withMemory(bytes).withMemorySwap(bytes));
    }

    /** Lets {@link Host#exec} run strace. */
    public HostOptions traceable() {
        return with(config -> config.withCapAdd(Capability.SYS_PTRACE));
    }

    /** Lets {@link Host#exec} run iptables. */
    public HostOptions filtering() {
        return with(config -> config.withCapAdd(Capability.NET_ADMIN));
    }

    /** In a network that only {@code gateway} is in besides, who knows it by {@code name}. */
    public HostOptions behind(Host gateway, String name) {
        return new HostOptions(dockerfile, target, settings, sshd, new PrivateNetwork(gateway, name));
    }

    /** Lets root there mount file systems, make and enter namespaces, and so run containers of its own. */
    public HostOptions namespaces() {
        return with(config -> config.withCapAdd(Capability.SYS_ADMIN, Capability.NET_ADMIN, Capability.SYS_PTRACE)
                .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined")));
    }

    /** Denies a system call, as the policies of some hosts do. */
    public HostOptions denying(String call) {
        String profile = "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":" + "[{\"names\":[\"" + call
                + "\"],\"action\":\"SCMP_ACT_ERRNO\"}]}";
        return with(config -> config.withSecurityOpts(List.of("seccomp=" + profile)));
    }

    /** Adds settings to those of the ssh server, of the form {@code Keyword=value}. */
    public HostOptions sshd(String... more) {
        return new HostOptions(dockerfile, target, settings, List.of(more), network);
    }

    public Host start(ClientKeys keys) throws Exception {
        return Host.start(Hosts.image(dockerfile, target), settings, sshd, keys, network);
    }

    private HostOptions with(Consumer<HostConfig> setting) {
        return new HostOptions(
                dockerfile,
                target,
                config -> {
                    setting.accept(settings.apply(config));
                    return config;
                },
                sshd,
                network);
    }
}
