package io.econtext;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a host says of itself. Numbers that it doesn't tell are -1, texts are empty.
 *
 * <p>Never changed after {@link Facts} or a decoder made it.
 */
public final class HostFacts {
    String host = "";
    String os = "";
    String kernel = "";
    String arch = "";
    String javaVersion = "";
    String javaVendor = "";
    String javaHome = "";
    int cpus = -1;
    double load = -1;
    long memoryTotal = -1;
    long memoryAvailable = -1;
    long uptimeSeconds = -1;
    List<Disk> disks = new ArrayList<>();
    List<Login> logins = new ArrayList<>();

    HostFacts() {}

    /** The host's own name. */
    public String host() {
        return host;
    }

    /** The operating system as it calls itself, such as {@code Debian GNU/Linux 12 (bookworm)}. */
    public String os() {
        return os;
    }

    /** The kernel's release. */
    public String kernel() {
        return kernel;
    }

    public String arch() {
        return arch;
    }

    public String javaVersion() {
        return javaVersion;
    }

    public String javaVendor() {
        return javaVendor;
    }

    public String javaHome() {
        return javaHome;
    }

    /** The processors that the JVM may use. */
    public int cpus() {
        return cpus;
    }

    /** The load average of the last minute. */
    public double load() {
        return load;
    }

    /** The host's memory, in bytes. */
    public long memoryTotal() {
        return memoryTotal;
    }

    /** The memory that programs could get without swapping, in bytes. */
    public long memoryAvailable() {
        return memoryAvailable;
    }

    public long uptimeSeconds() {
        return uptimeSeconds;
    }

    /** The local file systems, each once. */
    public List<Disk> disks() {
        return Collections.unmodifiableList(disks);
    }

    /** Who is logged in, once for each terminal. */
    public List<Login> logins() {
        return Collections.unmodifiableList(logins);
    }

    /** A local file system. */
    public static final class Disk {
        String mount = "";
        String type = "";
        long size = -1;
        long free = -1;

        Disk() {}

        Disk(String mount, String type, long size, long free) {
            this.mount = mount;
            this.type = type;
            this.size = size;
            this.free = free;
        }

        public String mount() {
            return mount;
        }

        public String type() {
            return type;
        }

        /** In bytes. */
        public long size() {
            return size;
        }

        /** What the context's user may still write, in bytes. */
        public long free() {
            return free;
        }
    }

    /** Somebody at a terminal. */
    public static final class Login {
        String user = "";
        String terminal = "";
        String from = "";

        Login() {}

        Login(String user, String terminal, String from) {
            this.user = user;
            this.terminal = terminal;
            this.from = from;
        }

        public String user() {
            return user;
        }

        /** Such as {@code pts/0}; may be empty. */
        public String terminal() {
            return terminal;
        }

        /** The host it came from; empty for a local one. */
        public String from() {
            return from;
        }
    }
}
