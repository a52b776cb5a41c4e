package io.econtext;

import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;

/** A container of a running pod, by {@code kubectl exec}. Immutable; made by {@link #pod}. */
public final class Kubectl extends ProgramWay {
    static final String NO_POD = "there is no such pod or namespace";
    static final String NO_CONTAINER = "the pod has no such container";
    static final String NO_CONTEXT = "kubectl's configuration has no such context";
    static final String NOT_RUNNING = "the pod or its container is not running";
    static final String UNKNOWN_SERVER = "the name of the cluster's server can't be resolved";
    static final String NO_SERVER = "the cluster's server doesn't answer";
    static final String LATE = "the cluster's server didn't answer in time";
    static final String LOGIN = "the cluster doesn't know who is asking; log in with kubectl there";
    static final String NOT_ALLOWED = "the cluster does not allow this; it takes the verb 'create' on 'pods/exec'";

    private Kubectl(Builder builder) {
        super(builder, builder.pod, builder.address(), builder.launch());
    }

    /** @param name of the pod, or a kind and a name such as {@code deployment/web} */
    public static Builder pod(String name) {
        return new Builder(name);
    }

    /** Collects the settings of a {@link Kubectl}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String pod;
        private String namespace;
        private String context;
        private String container;

        private Builder(String pod) {
            super("kubectl");
            this.pod = argument("pod", pod);
        }

        /** By default that of the context. */
        public Builder namespace(String name) {
            namespace = argument("namespace", name);
            return this;
        }

        /** A context of kubectl's configuration; by default its current one. */
        public Builder context(String name) {
            context = argument("context", name);
            return this;
        }

        /** By default the pod's own default, or its first. */
        public Builder container(String name) {
            container = argument("container", name);
            return this;
        }

        private Address address() {
            return Address.of("kubectl", pod)
                    .with("context", context)
                    .with("namespace", namespace)
                    .with("container", container);
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run();
            if (context != null) {
                launch.with("--context", context);
            }
            if (namespace != null) {
                launch.with("--namespace", namespace);
            }
            launch.with("exec", "-i", pod);
            if (container != null) {
                launch.with("--container", container);
            }
            return launch.with("--")
                    .fails("\\(NotFound\\)", UnknownHost.class, NO_POD)
                    .fails("container .* (is not valid for|not found in) pod", UnknownHost.class, NO_CONTAINER)
                    .fails("context .* does not exist|context was not found", Misconfigured.class, NO_CONTEXT)
                    .fails(
                            "cannot exec (into|in) a |container not found|does not have a host",
                            Refused.class,
                            NOT_RUNNING)
                    .fails("no such host", UnknownHost.class, UNKNOWN_SERVER)
                    .fails("connection refused|The connection to the server .* was refused", Refused.class, NO_SERVER)
                    .fails("no route to host|network is unreachable", Refused.class, NO_SERVER)
                    .fails("i/o timeout|TLS handshake timeout|deadline exceeded", TimedOut.class, LATE)
                    .fails(
                            "\\(Unauthorized\\)|must be logged in|getting credentials",
                            AuthenticationFailed.class,
                            LOGIN)
                    .fails("\\(Forbidden\\)", NotAllowed.class, NOT_ALLOWED)
                    .fails("\"sh\": executable file not found|exec: \"sh\"", ToolMissing.class, NO_SHELL);
        }

        @Override
        public Kubectl build() {
            return new Kubectl(this);
        }
    }
}
