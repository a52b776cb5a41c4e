package io.econtext;

import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;
import java.util.Arrays;
import java.util.List;

/** The namespaces of a process of the same host, by {@code nsenter}. Immutable; made by {@link #process}. */
public final class Nsenter extends ProgramWay {
    static final String NO_PROCESS = "there is no such process";
    static final String NOT_ALLOWED = "nsenter takes root; start it via sudo";

    private Nsenter(Builder builder) {
        super(builder, "pid" + builder.pid, builder.address(), builder.launch());
    }

    /** @param pid of the process, as this host counts it */
    public static Builder process(long pid) {
        return new Builder(pid);
    }

    /** Collects the settings of an {@link Nsenter}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private static final List<String> KINDS =
                Arrays.asList("mount", "uts", "ipc", "net", "pid", "user", "cgroup", "time");

        private static final List<String> USUAL = Arrays.asList("mount", "uts", "ipc", "net", "pid");

        private final long pid;
        private List<String> namespaces = USUAL;

        private Builder(long pid) {
            super("nsenter");
            if (pid < 1) {
                throw new IllegalArgumentException("a process has no number " + pid);
            }
            this.pid = pid;
        }

        /** Which to enter, of mount, uts, ipc, net, pid, user, cgroup and time; by default the first five. */
        public Builder namespaces(String... kinds) {
            namespaces = Arrays.asList(kinds.clone());
            for (String kind : namespaces) {
                if (!KINDS.contains(kind)) {
                    throw new IllegalArgumentException("'" + kind + "' is none of " + String.join(", ", KINDS));
                }
            }
            return this;
        }

        private Address address() {
            String others = namespaces.equals(USUAL) ? null : String.join(",", namespaces);
            return Address.of("nsenter", Long.toString(pid)).with("namespaces", others);
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run("--target", Long.toString(pid));
            for (String kind : namespaces) {
                launch.with("--" + kind);
            }
            return launch.with("--")
                    .inEnglish()
                    .fails("^nsenter: cannot open .*: No such file", UnknownHost.class, NO_PROCESS)
                    .fails("^nsenter: failed to execute", ToolMissing.class, NO_SHELL)
                    .fails("^nsenter: .*(not permitted|ermission denied)", NotAllowed.class, NOT_ALLOWED);
        }

        @Override
        public Nsenter build() {
            return new Nsenter(this);
        }
    }
}
