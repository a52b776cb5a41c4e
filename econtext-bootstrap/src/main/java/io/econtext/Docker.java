package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;

/** A running container, by {@code docker exec}. Immutable; made by {@link #container}. */
public final class Docker extends ProgramWay {
    static final String NO_CONTAINER = "there is no such container";
    static final String NOT_RUNNING = "the container is not running";
    static final String NO_ENGINE = "no docker engine answers";
    static final String NOT_ALLOWED = "the docker engine may not be used; it takes root, or the group of its socket";
    static final String NO_USER = "there is no such user in the container";

    private Docker(Builder builder) {
        super(builder, builder.container, builder.address("docker").with("host", builder.host), builder.launch());
    }

    /** @param nameOrId of the container */
    public static Builder container(String nameOrId) {
        return new Builder(nameOrId);
    }

    /** Collects the settings of a {@link Docker}. Not safe for use by several threads. */
    public static final class Builder extends ContainerBuilder<Builder> {
        private String host;

        private Builder(String container) {
            super("docker", container);
        }

        /** The engine, such as {@code tcp://build1:2375}; by default the client's own. */
        public Builder host(String url) {
            host = argument("host", url);
            return this;
        }

        private Launch.Builder launch() {
            return (host == null ? launch(new String[0]) : launch("-H", host))
                    .fails("No such container", UnknownHost.class, NO_CONTAINER)
                    .fails("is not running|is paused|is restarting", Refused.class, NOT_RUNNING)
                    .fails("permission denied while trying to connect", NotAllowed.class, NOT_ALLOWED)
                    .fails("[Cc]annot connect to the Docker daemon|error during connect", Refused.class, NO_ENGINE)
                    .fails("unable to find (user|group)|no matching entries in passwd", Misconfigured.class, NO_USER)
                    .fails("OCI runtime exec failed.*\"sh\"", ToolMissing.class, NO_SHELL);
        }

        @Override
        public Docker build() {
            return new Docker(this);
        }
    }
}
