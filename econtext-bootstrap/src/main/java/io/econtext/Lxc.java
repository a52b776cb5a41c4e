package io.econtext;

import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;

/** A running container of LXC, by {@code lxc-attach}. Immutable; made by {@link #container}. */
public final class Lxc extends ProgramWay {
    static final String NO_CONTAINER = "there is no such container of this user";
    static final String NOT_RUNNING = "the container is not running";
    static final String NOT_ALLOWED = "the container may not be entered; it takes the user that runs it, mostly root";

    private Lxc(Builder builder) {
        super(
                builder,
                builder.container,
                Address.of("lxc", builder.container).with("path", builder.path),
                builder.launch());
    }

    /** @param name of the container */
    public static Builder container(String name) {
        return new Builder(name);
    }

    /** Collects the settings of an {@link Lxc}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String container;
        private String path;

        private Builder(String container) {
            super("lxc-attach");
            this.container = argument("container", container);
        }

        /** The directory with the containers; by default LXC's own. */
        public Builder path(String directory) {
            path = argument("path", directory);
            return this;
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run("-n", container);
            if (path != null) {
                launch.with("-P", path);
            }
            return launch.with("--")
                    .fails("Insuffici?ent privileges|[Pp]ermission denied|not permitted", NotAllowed.class, NOT_ALLOWED)
                    .fails("is not defined|[Nn]o such container", UnknownHost.class, NO_CONTAINER)
                    .fails("Failed to get init pid|not running|is frozen", Refused.class, NOT_RUNNING)
                    .fails("Failed to exec", ToolMissing.class, NO_SHELL);
        }

        @Override
        public Lxc build() {
            return new Lxc(this);
        }
    }
}
