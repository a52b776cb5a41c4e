package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;

/** A running container, by {@code podman exec}. Immutable; made by {@link #container}. */
public final class Podman extends ProgramWay {
    static final String NO_CONTAINER = "there is no such container of this user";
    static final String NOT_RUNNING = "the container is not running";
    static final String NO_SERVICE = "no podman service answers";
    static final String NO_USER = "there is no such user in the container";

    private Podman(Builder builder) {
        super(builder, builder.container, builder.address("podman").with("url", builder.url), builder.launch());
    }

    /** @param nameOrId of the container */
    public static Builder container(String nameOrId) {
        return new Builder(nameOrId);
    }

    /** Collects the settings of a {@link Podman}. Not safe for use by several threads. */
    public static final class Builder extends ContainerBuilder<Builder> {
        private String url;

        private Builder(String container) {
            super("podman", container);
        }

        /** A podman service, such as {@code ssh://core@build1/run/podman/podman.sock}; by default there is none. */
        public Builder url(String service) {
            url = argument("url", service);
            return this;
        }

        private Launch.Builder launch() {
            return (url == null ? launch(new String[0]) : launch("--url", url))
                    .fails("no such container|no container with name or ID", UnknownHost.class, NO_CONTAINER)
                    .fails("can only create exec sessions on running containers", Refused.class, NOT_RUNNING)
                    .fails("[Cc]annot connect to Podman|unable to connect to Podman", Refused.class, NO_SERVICE)
                    .fails("unable to find (user|group)|no matching entries in passwd", Misconfigured.class, NO_USER)
                    .fails("executable file.*not found|exec failed.*\"sh\"", ToolMissing.class, NO_SHELL);
        }

        @Override
        public Podman build() {
            return new Podman(this);
        }
    }
}
