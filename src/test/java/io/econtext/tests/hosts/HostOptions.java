package io.econtext.tests.hosts;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Which image a host is made from and how it is run. Immutable: every method gives a new one. */
public final class HostOptions {

    private final String dockerfile;
    private final String target;
    private final UnaryOperator<HostConfig> settings;

    HostOptions(String dockerfile, String target) {
        this(dockerfile, target, UnaryOperator.identity());
    }

    private HostOptions(String dockerfile, String target, UnaryOperator<HostConfig> settings) {
        this.dockerfile = dockerfile;
        this.target = target;
        this.settings = settings;
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

    public Host start(ClientKeys keys) throws Exception {
        return Host.start(Hosts.image(dockerfile, target), settings, keys);
    }

    private HostOptions with(Consumer<HostConfig> setting) {
        return new HostOptions(dockerfile, target, config -> {
            setting.accept(settings.apply(config));
            return config;
        });
    }
}
