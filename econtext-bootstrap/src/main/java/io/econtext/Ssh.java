package io.econtext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A host reached by ssh: from the controller by its own client; through other contexts by their host's, or tunnelled, by
 * the controller's own, too. Immutable; made by {@link #to}.
 *
 * <p>What is not set comes from the host's entry in the OpenSSH client configuration, then from OpenSSH's defaults.
 */
public final class Ssh implements Way {
    static final String CONTROLLERS_OWN =
            "it is tunnelled, which only the controller can do; start it there, through this context";

    private final String name;
    private final String user;
    private final String host;
    private final int port;
    private final List<String> identities;
    private final Secret passphrase;
    private final Secret password;
    private final boolean agent;
    private final String configFile;
    private final String knownHostsFile;
    private final HostKeys hostKeys;
    private final String pinnedKey;
    private final boolean tunnelled;
    private final ContextOptions options;

    private Ssh(Builder builder) {
        name = builder.name == null ? builder.host : builder.name;
        user = builder.user;
        host = builder.host;
        port = builder.port;
        identities = Collections.unmodifiableList(new ArrayList<>(builder.identities));
        passphrase = builder.passphrase;
        password = builder.password;
        agent = builder.agent;
        configFile = builder.configFile;
        knownHostsFile = builder.knownHostsFile;
        hostKeys = builder.hostKeys;
        pinnedKey = builder.pinnedKey;
        tunnelled = builder.tunnelled;
        options = builder.options;
    }

    /**
     * @param destination {@code [user@]host[:port]}, an IPv6 address in brackets where a port follows
     * @throws IllegalArgumentException if it is not of that form; the message says what is
     */
    public static Builder to(String destination) {
        return new Builder(destination);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "ssh://" + (user == null ? "" : user + "@") + bracketed + (port == 0 ? "" : ":" + port);
    }

    @Override
    public ContextOptions options() {
        return options;
    }

    /** The user, or {@code null} for the configuration's or our own. */
    public String user() {
        return user;
    }

    /** A host name, an address, or an alias of the configuration. */
    public String host() {
        return host;
    }

    /** The port, or 0 for the configuration's or 22. */
    public int port() {
        return port;
    }

    /** Files with private keys, tried in order; empty for the configuration's or the usual ones. */
    public List<String> identities() {
        return identities;
    }

    /** Opens encrypted private keys; may be {@code null}. */
    public Secret passphrase() {
        return passphrase;
    }

    /** For the methods {@code password} and {@code keyboard-interactive}; may be {@code null}. */
    public Secret password() {
        return password;
    }

    /** Whether keys of the agent at {@code SSH_AUTH_SOCK} are offered; on by default. */
    public boolean usesAgent() {
        return agent;
    }

    /** The client configuration; {@code null} for {@code ~/.ssh/config}, empty for none. */
    public String configFile() {
        return configFile;
    }

    /** The known hosts; {@code null} for the configuration's or {@code ~/.ssh/known_hosts}. */
    public String knownHostsFile() {
        return knownHostsFile;
    }

    public HostKeys hostKeys() {
        return hostKeys;
    }

    /** The only host key accepted, as {@code SHA256:…}; {@code null} where known hosts decide. */
    public String pinnedKey() {
        return pinnedKey;
    }

    /**
     * Whether the controller's own client logs in to the host, through a TCP connection that the context on the way opens:
     * keys, passwords and known hosts stay with the controller. Off by default; without a context on the way it makes no
     * difference.
     */
    public boolean isTunnelled() {
        return tunnelled;
    }

    /**
     * By the {@code ssh} program of a host that isn't the controller, with that host's configuration, keys and agent: files
     * that are set here are files there.
     */
    @Override
    public Launch launch() {
        if (tunnelled) {
            throw new ConnectFailedException.Misconfigured(
                    address(), CONTROLLERS_OWN, Collections.<String>emptyList(), null);
        }
        return SshProgram.launch(this);
    }

    @Override
    public String toString() {
        return address();
    }

    /** Collects the settings of an {@link Ssh}. Not safe for use by several threads. */
    public static final class Builder {
        private String name;
        private String user;
        private String host;
        private int port;
        private final List<String> identities = new ArrayList<>();
        private Secret passphrase;
        private Secret password;
        private boolean agent = true;
        private String configFile;
        private String knownHostsFile;
        private HostKeys hostKeys = HostKeys.STRICT;
        private String pinnedKey;
        private boolean tunnelled;
        private ContextOptions options = ContextOptions.DEFAULTS;

        private Builder(String destination) {
            String rest = destination;
            int at = rest.lastIndexOf('@');
            if (at >= 0) {
                user = rest.substring(0, at);
                rest = rest.substring(at + 1);
            }
            int colon = rest.lastIndexOf(':');
            int bracket = rest.lastIndexOf(']');
            if (colon > bracket && rest.indexOf(':') == colon || bracket >= 0 && colon == bracket + 1) {
                port(parsePort(destination, rest.substring(colon + 1)));
                rest = rest.substring(0, colon);
            }
            host = rest.startsWith("[") && rest.endsWith("]") ? rest.substring(1, rest.length() - 1) : rest;
            if (host.isEmpty() || host.startsWith("-") || user != null && user.isEmpty()) {
                throw malformed(destination);
            }
        }

        private static int parsePort(String destination, String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw malformed(destination);
            }
        }

        private static IllegalArgumentException malformed(String destination) {
            return new IllegalArgumentException(
                    "'" + destination + "' is not an ssh destination; expected [user@]host[:port]");
        }

        /** The name of the context; by default the host. */
        public Builder named(String contextName) {
            name = Objects.requireNonNull(contextName);
            return this;
        }

        public Builder user(String login) {
            user = Objects.requireNonNull(login);
            return this;
        }

        public Builder port(int number) {
            if (number < 1 || number > 65535) {
                throw new IllegalArgumentException("port " + number + " is not between 1 and 65535");
            }
            port = number;
            return this;
        }

        public Builder identity(String... files) {
            identities.addAll(Arrays.asList(files));
            return this;
        }

        public Builder passphrase(Secret secret) {
            passphrase = secret;
            return this;
        }

        public Builder password(Secret secret) {
            password = secret;
            return this;
        }

        public Builder agent(boolean use) {
            agent = use;
            return this;
        }

        public Builder configFile(String path) {
            configFile = path;
            return this;
        }

        public Builder knownHostsFile(String path) {
            knownHostsFile = path;
            return this;
        }

        public Builder hostKeys(HostKeys policy) {
            hostKeys = Objects.requireNonNull(policy);
            return this;
        }

        /** Accepts this host key and no other, as printed by {@code ssh-keygen -l}: {@code SHA256:…}. */
        public Builder pinnedKey(String fingerprint) {
            pinnedKey = fingerprint;
            return this;
        }

        /** Reaches the host through the context on the way, with all that is secret staying on the controller. */
        public Builder tunnelled(boolean through) {
            tunnelled = through;
            return this;
        }

        public Builder with(ContextOptions contextOptions) {
            options = Objects.requireNonNull(contextOptions);
            return this;
        }

        public Ssh build() {
            return new Ssh(this);
        }
    }
}
