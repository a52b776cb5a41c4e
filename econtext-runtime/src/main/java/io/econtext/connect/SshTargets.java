package io.econtext.connect;

import io.econtext.HostKeys;
import io.econtext.Ssh;
import io.econtext.connect.SshTarget.Credentials;
import io.econtext.connect.SshTarget.HostRules;
import io.econtext.connect.SshTarget.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Settles what a way in says, what the client configuration adds to it, and OpenSSH's defaults.
 *
 * <p>Immutable; reads files, so never called on an I/O thread.
 */
final class SshTargets {
    private static final int MAX_JUMPS = 8;
    private static final int DEFAULT_PORT = 22;
    private static final String NONE = "none";
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";
    private static final int KEEPALIVE_SECONDS = 15;
    private static final int PROBES = 3;
    private static final List<String> METHODS = List.of("publickey", "keyboard-interactive", "password");

    private final Surroundings surroundings;

    SshTargets(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    SshTarget settle(Ssh way) throws SshFailure {
        return settle(way, 0);
    }

    private SshTarget settle(Ssh way, int jumps) throws SshFailure {
        SshConfig config = config(way);
        config.refuseUnsupported();
        String user = way.user() != null ? way.user() : config.get("User", surroundings.user());
        int port = way.port() != 0 ? way.port() : config.number("Port", DEFAULT_PORT);
        String host =
                surroundings.expand(config.get("HostName", way.host()), name -> name.equals("h") ? way.host() : null);
        UnaryOperator<String> tokens = name -> switch (name) {
            case "h" -> host;
            case "n" -> way.host();
            case "p" -> Integer.toString(port);
            case "r" -> user;
            default -> null;
        };
        return new SshTarget(
                user,
                host,
                port,
                credentials(way, config, tokens),
                rules(way, config, host, port, tokens),
                tuning(config),
                via(way, config, jumps),
                null);
    }

    private SshConfig config(Ssh way) throws SshFailure {
        String file = way.configFile();
        if (file != null && file.isEmpty()) {
            return SshConfig.none(surroundings);
        }
        Path path = surroundings.path(file == null ? "~/.ssh/config" : file, name -> null);
        return SshConfig.read(path, surroundings, way.host(), way.user(), file != null);
    }

    private Credentials credentials(Ssh way, SshConfig config, UnaryOperator<String> tokens) {
        List<String> named = way.identities().isEmpty() ? config.identityFiles() : way.identities();
        return new Credentials(
                paths(named, tokens),
                config.isYes("IdentitiesOnly", false),
                way.usesAgent() ? agent(config.get("IdentityAgent", AGENT_VARIABLE), tokens) : null,
                way.passphrase(),
                way.password(),
                methods(config));
    }

    private List<Path> paths(List<String> names, UnaryOperator<String> tokens) {
        return names.stream()
                .filter(name -> !name.equalsIgnoreCase(NONE))
                .map(name -> surroundings.path(name, tokens))
                .toList();
    }

    private Path agent(String socket, UnaryOperator<String> tokens) {
        String path = socket;
        if (socket.equals(AGENT_VARIABLE)) {
            path = surroundings.variables().apply(socket);
        } else if (socket.startsWith("$") && !socket.startsWith("${")) {
            path = surroundings.variables().apply(socket.substring(1));
        }
        boolean off = path == null || path.isEmpty() || path.equalsIgnoreCase(NONE);
        return off ? null : surroundings.path(path, tokens);
    }

    private static List<String> methods(SshConfig config) {
        String preferred = config.get("PreferredAuthentications", null);
        List<String> methods = new ArrayList<>(preferred == null ? METHODS : List.of(preferred.split(",")));
        methods.retainAll(METHODS);
        if (!config.isYes("PubkeyAuthentication", true)) {
            methods.remove("publickey");
        }
        if (!config.isYes("PasswordAuthentication", true)) {
            methods.remove("password");
        }
        if (!config.isYes("KbdInteractiveAuthentication", true)) {
            methods.remove("keyboard-interactive");
        }
        return List.copyOf(methods);
    }

    private HostRules rules(Ssh way, SshConfig config, String host, int port, UnaryOperator<String> tokens)
            throws SshFailure {
        List<String> files = new ArrayList<>();
        if (way.knownHostsFile() != null) {
            files.add(way.knownHostsFile());
        } else {
            files.addAll(files(config, "UserKnownHostsFile", "~/.ssh/known_hosts", "~/.ssh/known_hosts2"));
            files.addAll(files(config, "GlobalKnownHostsFile", "/etc/ssh/ssh_known_hosts"));
        }
        String alias = config.get("HostKeyAlias", null);
        String name = (alias == null ? host : alias).toLowerCase(Locale.ROOT);
        return new HostRules(
                alias != null || port == DEFAULT_PORT ? name : "[" + name + "]:" + port,
                name,
                paths(files, tokens),
                way.hostKeys() == HostKeys.ACCEPT_NEW ? HostKeys.ACCEPT_NEW : policy(config),
                config.isYes("HashKnownHosts", false),
                way.pinnedKey());
    }

    private static List<String> files(SshConfig config, String keyword, String... otherwise) {
        SshConfig.Setting setting = config.get(keyword);
        return setting == null ? List.of(otherwise) : setting.values();
    }

    /** {@code no} and {@code off} would also take changed keys: they count as {@code accept-new}, which doesn't. */
    private static HostKeys policy(SshConfig config) throws SshFailure {
        SshConfig.Setting setting = config.get("StrictHostKeyChecking");
        if (setting == null) {
            return HostKeys.STRICT;
        }
        return switch (setting.value().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "ask" -> HostKeys.STRICT;
            case "accept-new", "no", "false", "off" -> HostKeys.ACCEPT_NEW;
            default ->
                throw SshConfig.misconfigured(setting.origin(), "StrictHostKeyChecking is yes, ask, accept-new or no");
        };
    }

    private static Tuning tuning(SshConfig config) throws SshFailure {
        String family = config.get("AddressFamily", "any");
        int interval = config.number("ServerAliveInterval", 0);
        int limit = config.number("ConnectTimeout", 0);
        return new Tuning(
                family.equals("inet6") ? Boolean.TRUE : family.equals("inet") ? Boolean.FALSE : null,
                Duration.ofSeconds(interval > 0 ? interval : KEEPALIVE_SECONDS),
                Math.max(1, config.number("ServerAliveCountMax", PROBES)),
                config.isYes("Compression", false),
                limit > 0 ? Duration.ofSeconds(limit) : null);
    }

    /** The first jump is reached directly, the last is the nearest to the host. */
    private SshTarget via(Ssh way, SshConfig config, int jumps) throws SshFailure {
        SshConfig.Setting setting = config.get("ProxyJump");
        if (setting == null || setting.value().equalsIgnoreCase(NONE)) {
            return null;
        }
        SshTarget via = null;
        for (String hop : setting.value().split(",")) {
            if (++jumps > MAX_JUMPS) {
                throw SshConfig.misconfigured(setting.origin(), "more than " + MAX_JUMPS + " jumps");
            }
            SshTarget next = settle(jump(way, hop.trim(), setting.origin()), jumps);
            via = via == null ? next : next.reachedVia(via);
        }
        return via;
    }

    /** A jump host has settings of its own; keys named and the password given for the target aren't for it. */
    private static Ssh jump(Ssh way, String hop, String origin) throws SshFailure {
        try {
            return Ssh.to(hop.startsWith("ssh://") ? hop.substring("ssh://".length()) : hop)
                    .agent(way.usesAgent())
                    .passphrase(way.passphrase())
                    .configFile(way.configFile())
                    .knownHostsFile(way.knownHostsFile())
                    .build();
        } catch (IllegalArgumentException e) {
            throw SshConfig.misconfigured(origin, e.getMessage());
        }
    }
}
