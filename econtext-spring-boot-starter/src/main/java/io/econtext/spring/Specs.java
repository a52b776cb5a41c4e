package io.econtext.spring;

import io.econtext.ContextOptions;
import io.econtext.HostKeys;
import io.econtext.Local;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.Way;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Reads the one-line form of a way in: {@code local:} or {@code ssh://user@host:port?identity=…&java=…}.
 *
 * <p>Immutable.
 */
public final class Specs {
    /** What is said of a way in that isn't one, or not yet. */
    public static final String WAYS =
            "expected 'local:' or 'ssh://[user@]host[:port]', then options as '?name=value&…'";

    /** What is said of a specification with a password in it. */
    public static final String NO_PASSWORD =
            "a specification never contains a password, as others can read it; use a key or the agent, configure the"
                    + " context below econtext.contexts with a password from a safe place, or let the shell ask";

    private static final Set<String> LATER = Set.of(
            "sudo", "su", "doas", "docker", "podman", "kubectl", "lxc", "lxd", "incus", "chroot", "nsenter", "exec",
            "tcp");
    private static final Set<String> SECRETS = Set.of("password", "passphrase");

    private final ContextOptions defaults;
    private final @Nullable Secret password;

    /** Reads specifications without defaults of ours. */
    public Specs() {
        this(ContextOptions.DEFAULTS, null);
    }

    private Specs(ContextOptions defaults, @Nullable Secret password) {
        this.defaults = defaults;
        this.password = password;
    }

    /** The same with options that hold where a specification doesn't say otherwise. */
    public Specs withDefaults(ContextOptions options) {
        return new Specs(options, password);
    }

    /** The same for hosts that ask for a password. */
    public Specs withPassword(Secret secret) {
        return new Specs(defaults, secret);
    }

    /** Whether {@code text} is meant as a specification, and not as a name. */
    public static boolean isSpec(String text) {
        return text.indexOf(':') >= 0;
    }

    /** @throws IllegalArgumentException if it can't be understood; the message says what can */
    public Way parse(String spec) {
        int colon = spec.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + spec + "' names no way in; " + WAYS);
        }
        String scheme = spec.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = spec.substring(colon + 1);
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        return switch (scheme) {
            case "local" -> local(place, query);
            case "ssh" -> ssh(place, query);
            default -> throw unknown(scheme);
        };
    }

    private static IllegalArgumentException unknown(String scheme) {
        String what = LATER.contains(scheme)
                ? "'" + scheme + ":' is not in this version; "
                : "'" + scheme + ":' is no way in; ";
        return new IllegalArgumentException(what + WAYS);
    }

    private Way local(String place, String query) {
        if (!place.isEmpty() && !place.equals("//")) {
            throw new IllegalArgumentException("'local:' is this machine and takes no host; " + WAYS);
        }
        SpecOptions options = SpecOptions.of("local:", query, SECRETS, defaults);
        String name = options.text("name", "local");
        options.refuseOthers();
        return Local.process().named(name).with(options.common());
    }

    private Way ssh(String place, String query) {
        if (!place.startsWith("//")) {
            throw new IllegalArgumentException("'ssh:' needs '//' and a host; " + WAYS);
        }
        String destination = StringUtils.uriDecode(place.substring(2), StandardCharsets.UTF_8);
        if (destination.endsWith("/")) {
            destination = destination.substring(0, destination.length() - 1);
        }
        int at = destination.lastIndexOf('@');
        if (at >= 0 && destination.substring(0, at).indexOf(':') >= 0) {
            throw new IllegalArgumentException("ssh://…@" + destination.substring(at + 1) + ": " + NO_PASSWORD);
        }
        Ssh.Builder ssh = Ssh.to(destination);
        SpecOptions options = SpecOptions.of("ssh://" + destination, query, SECRETS, defaults);
        options.each("identity", ssh::identity);
        options.one("known-hosts", ssh::knownHostsFile);
        options.one("host-keys", value -> ssh.hostKeys(hostKeys(value)));
        options.one("pinned-key", ssh::pinnedKey);
        options.one("config", ssh::configFile);
        options.one("agent", value -> ssh.agent(agent(value)));
        options.one("name", ssh::named);
        options.refuseOthers();
        if (password != null) {
            ssh.password(password);
        }
        return ssh.with(options.common()).build();
    }

    private static HostKeys hostKeys(String value) {
        return switch (value) {
            case "strict" -> HostKeys.STRICT;
            case "accept-new" -> HostKeys.ACCEPT_NEW;
            default -> throw new IllegalArgumentException("expected strict or accept-new");
        };
    }

    private static boolean agent(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }
}
