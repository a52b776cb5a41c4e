package io.econtext;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A context that is started by any other way and then calls the controller back over TLS, for hosts whose stdin and stdout
 * can't be kept. Immutable; made by {@link #through}.
 *
 * <p>The controller listens, once for all ways that name the same address, from the first that is used until the broker is
 * closed. The context proves itself by a token that is sent to it by the other way, counts once, and only for a while; the
 * controller proves itself by its certificate, which the context knows by its SHA-256 and trusts for nothing else. From
 * then on the end of that connection is the end of the context.
 */
public final class ConnectBack implements Way {
    private final Way way;
    private final String name;
    private final String host;
    private final int port;
    private final String bindAddress;
    private final int listenPort;
    private final List<String> from;
    private final boolean anywhere;
    private final Duration tokenLifetime;
    private final Supplier<KeyStore> keys;
    private final Secret keyPassword;

    private ConnectBack(Builder builder) {
        way = builder.way;
        name = builder.name == null ? way.name() : builder.name;
        host = builder.host == null ? ownName() : builder.host;
        port = builder.port;
        bindAddress = builder.bindAddress;
        listenPort = builder.listenPort < 0 ? builder.port : builder.listenPort;
        from = Collections.unmodifiableList(new ArrayList<>(builder.from));
        anywhere = builder.anywhere;
        tokenLifetime = builder.tokenLifetime == null ? way.options().connectTimeout() : builder.tokenLifetime;
        keys = builder.keys;
        keyPassword = builder.keyPassword;
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine doesn't know its own name; set the option 'to'", e);
        }
    }

    /** @param way that starts it, from the controller; it has the options for the context, too */
    public static Builder through(Way way) {
        return new Builder(way);
    }

    /** How it is started. */
    public Way through() {
        return way;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        String at = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return Address.more(way.address()).with("connect-back", at + ":" + port).toString();
    }

    /** Those of the way that starts it. */
    @Override
    public ContextOptions options() {
        return way.options();
    }

    /** The controller's name or address as the host of the context knows it. */
    public String host() {
        return host;
    }

    /** The port that is called; 0 for the one that is listened on. */
    public int port() {
        return port;
    }

    /** The controller's address that is listened on; {@code null} for all of them. */
    public String bindAddress() {
        return bindAddress;
    }

    /** The port that is listened on; 0 for any that is free. */
    public int listenPort() {
        return listenPort;
    }

    /** Names and addresses that it may call back from; empty for those that the way that starts it leads to. */
    public List<String> from() {
        return from;
    }

    /** Whether it may call back from any address. */
    public boolean isFromAnywhere() {
        return anywhere;
    }

    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    /**
     * A certificate and its private key; {@code null} for those that the controller makes for itself.
     *
     * @throws IllegalArgumentException if {@link Builder#keys(Supplier)} has a reason not to give them
     */
    public KeyStore keys() {
        return keys == null ? null : keys.get();
    }

    /** The private key's password, or {@code null}. */
    public Secret keyPassword() {
        return keyPassword;
    }

    @Override
    public String toString() {
        return address();
    }

    /** Collects the settings of a {@link ConnectBack}. Not safe for use by several threads. */
    public static final class Builder {
        private final Way way;
        private final List<String> from = new ArrayList<>();
        private String name;
        private String host;
        private int port;
        private String bindAddress;
        private int listenPort = -1;
        private boolean anywhere;
        private Duration tokenLifetime;
        private Supplier<KeyStore> keys;
        private Secret keyPassword;

        private Builder(Way way) {
            this.way = Objects.requireNonNull(way, "way");
        }

        /** The name of the context; by default that of the way that starts it. */
        public Builder named(String contextName) {
            name = Objects.requireNonNull(contextName, "name");
            return this;
        }

        /**
         * Where the controller is, as seen from the host of the context; by default the name of this machine, and any port.
         *
         * @param nameOrAddress of the controller
         * @param number of the port from 1 to 65535, or 0 for the one that is listened on
         */
        public Builder to(String nameOrAddress, int number) {
            return host(nameOrAddress).port(number);
        }

        /** The host of {@link #to} alone. */
        public Builder host(String nameOrAddress) {
            if (nameOrAddress.isEmpty()) {
                throw new IllegalArgumentException("the controller's name is empty");
            }
            host = nameOrAddress;
            return this;
        }

        /** The port of {@link #to} alone. */
        public Builder port(int number) {
            port = checked(number);
            return this;
        }

        /**
         * Where the controller listens; by default on all its addresses, at the port that is called.
         *
         * @param nameOrAddress one of this machine's
         * @param number of the port from 1 to 65535, or 0 for any that is free
         */
        public Builder listeningOn(String nameOrAddress, int number) {
            return bindAddress(nameOrAddress).listenPort(number);
        }

        /** The address of {@link #listeningOn} alone. */
        public Builder bindAddress(String nameOrAddress) {
            bindAddress = Objects.requireNonNull(nameOrAddress, "address");
            return this;
        }

        /** The port of {@link #listeningOn} alone. */
        public Builder listenPort(int number) {
            listenPort = checked(number);
            return this;
        }

        private static int checked(int port) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
            return port;
        }

        /**
         * From where it may call back: any of these. By default from this machine if it is started here, from the address
         * that a host was reached at by ssh, and from anywhere else that isn't known.
         */
        public Builder from(String... namesOrAddresses) {
            from.addAll(Arrays.asList(namesOrAddresses));
            anywhere = false;
            return this;
        }

        /** It may call back from any address, as behind address translation. The token is still needed. */
        public Builder fromAnywhere() {
            from.clear();
            anywhere = true;
            return this;
        }

        /** How long after its JVM was started it may call back; by default the connect timeout. */
        public Builder tokenLifetime(Duration lifetime) {
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("a token needs a lifetime");
            }
            tokenLifetime = lifetime;
            return this;
        }

        /**
         * What the controller shows instead of a certificate that it makes for itself; neither its name nor who signed it
         * matters.
         *
         * @param store with exactly one private key, and its certificate
         * @param password of the private key; {@code null} if it has none
         */
        public Builder keys(KeyStore store, Secret password) {
            Objects.requireNonNull(store, "store");
            keys = () -> store;
            keyPassword = password;
            return this;
        }

        /**
         * The same for keys that are looked for when a context is to call back, and have no password.
         *
         * @param store gives the same one each time; throws an {@link IllegalArgumentException} where there is none
         */
        public Builder keys(Supplier<KeyStore> store) {
            keys = Objects.requireNonNull(store, "store");
            keyPassword = null;
            return this;
        }

        public ConnectBack build() {
            return new ConnectBack(this);
        }
    }
}
