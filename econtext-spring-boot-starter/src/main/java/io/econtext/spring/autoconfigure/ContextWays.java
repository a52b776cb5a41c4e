package io.econtext.spring.autoconfigure;

import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.Ssh;
import io.econtext.Way;
import io.econtext.broker.InProcess;
import io.econtext.spring.Specs;
import io.econtext.spring.autoconfigure.ContextProperties.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Makes the way in of one context from its properties and the defaults, or says what is wrong with them.
 *
 * <p>Used by one thread.
 */
final class ContextWays {
    private static final String DEFAULTS = EcontextProperties.PREFIX + ".defaults";
    private static final String CONTEXTS = EcontextProperties.PREFIX + ".contexts.";

    /** What only ssh understands. */
    private static final Map<String, Function<ContextProperties, @Nullable Object>> SSH = new LinkedHashMap<>();

    static {
        SSH.put("host", ContextProperties::host);
        SSH.put("port", ContextProperties::port);
        SSH.put("user", ContextProperties::user);
        SSH.put("identity", ContextProperties::identity);
        SSH.put("password", ContextProperties::password);
        SSH.put("passphrase", ContextProperties::passphrase);
        SSH.put("agent", ContextProperties::agent);
        SSH.put("ssh-config", ContextProperties::sshConfig);
        SSH.put("known-hosts", ContextProperties::knownHosts);
        SSH.put("host-keys", ContextProperties::hostKeys);
        SSH.put("pinned-key", ContextProperties::pinnedKey);
    }

    private static final List<String> COMMON = List.of(
            "java",
            "jvm-options",
            "max-heap",
            "environment",
            "directory",
            "umask",
            "process-name",
            "allow-disk",
            "connect-timeout",
            "call-timeout",
            "grace",
            "heartbeat",
            "workers",
            "eager",
            "primary");

    private final String path;
    private final String name;
    private final ContextProperties own;
    private final ContextProperties defaults;

    private ContextWays(String name, ContextProperties own, ContextProperties defaults) {
        this.path = CONTEXTS + name;
        this.name = name;
        this.own = own;
        this.defaults = defaults;
    }

    static Way of(String name, ContextProperties own, ContextProperties defaults) {
        return new ContextWays(name, own, defaults).way();
    }

    /** A host of which nothing but its name is said. */
    static Way sshTo(String host, ContextProperties defaults) {
        return new ContextWays(host, defaults, defaults).ssh();
    }

    /** The options that hold where nothing else is said. */
    static ContextOptions defaults(ContextProperties defaults) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("host", defaults.host() != null);
        given.put("spec", defaults.spec() != null);
        given.put("primary", defaults.primary());
        given.forEach((property, isGiven) -> {
            if (isGiven) {
                throw new InvalidContextException(
                        DEFAULTS + "." + property + " is set, but can't hold for all contexts.",
                        "Set it for the context that is meant: " + CONTEXTS + "NAME." + property + ".");
            }
        });
        return new ContextWays("", defaults, defaults).options();
    }

    private Way way() {
        if (own.method() == Method.IN_PROCESS) {
            return inProcess();
        }
        if (own.spec() != null) {
            return fromSpec(own.spec());
        }
        return switch (method()) {
            case LOCAL -> local();
            case SSH -> ssh();
            case IN_PROCESS -> inProcess();
        };
    }

    /** Tests put this over whatever the application configures, so nothing of that is refused. */
    private Way inProcess() {
        return InProcess.context().named(name).with(options());
    }

    private Method method() {
        if (own.method() != null) {
            return own.method();
        }
        if (own.host() != null) {
            return Method.SSH;
        }
        if (defaults.method() != null) {
            return defaults.method();
        }
        throw new InvalidContextException(
                path + " doesn't say how the context is started.",
                "Set " + path + ".method to local or ssh, or " + path + ".host to a host that is reached by ssh, or "
                        + path + ".spec to a line such as ssh://deploy@web1:22.");
    }

    private Way fromSpec(String spec) {
        List<String> excluded = given(SSH);
        excluded.remove("password");
        if (own.method() != null) {
            excluded.add(0, "method");
        }
        if (!excluded.isEmpty()) {
            throw new InvalidContextException(
                    path + ".spec and " + path + "." + excluded.get(0) + " are both set, and the former says it all.",
                    "Remove one of them. Beside spec there may be password, " + String.join(", ", COMMON) + ".");
        }
        Specs specs = new Specs().withDefaults(options());
        if (own.password() != null) {
            specs = specs.withPassword(own.password());
        }
        try {
            return specs.parse(spec + (spec.indexOf('?') < 0 ? "?" : "&") + "name=" + name);
        } catch (IllegalArgumentException e) {
            throw new InvalidContextException(path + ".spec: " + e.getMessage() + ".", "Correct " + path + ".spec.", e);
        }
    }

    private Way local() {
        List<String> excluded = given(SSH);
        if (!excluded.isEmpty()) {
            throw new InvalidContextException(
                    path + "." + excluded.get(0) + " is set, which method local doesn't know.",
                    "Remove it, or set " + path + ".method to ssh. Method local knows " + String.join(", ", COMMON)
                            + ".");
        }
        return Local.process().named(name).with(options());
    }

    private Way ssh() {
        String host = own.host() == null ? name : own.host();
        Ssh.Builder ssh = checked(path + ".host", () -> Ssh.to(host)).named(name);
        apply("port", ContextProperties::port, ssh::port);
        apply("user", ContextProperties::user, ssh::user);
        apply("identity", ContextProperties::identity, files -> ssh.identity(files.toArray(String[]::new)));
        apply("password", ContextProperties::password, ssh::password);
        apply("passphrase", ContextProperties::passphrase, ssh::passphrase);
        apply("agent", ContextProperties::agent, ssh::agent);
        apply("ssh-config", ContextProperties::sshConfig, ssh::configFile);
        apply("known-hosts", ContextProperties::knownHosts, ssh::knownHostsFile);
        apply("host-keys", ContextProperties::hostKeys, ssh::hostKeys);
        apply("pinned-key", ContextProperties::pinnedKey, ssh::pinnedKey);
        return ssh.with(options()).build();
    }

    private ContextOptions options() {
        ContextOptions.Builder options = ContextOptions.builder();
        apply("java", ContextProperties::java, options::java);
        apply("jvm-options", ContextProperties::jvmOptions, all -> options.jvmOptions(all.toArray(String[]::new)));
        apply("max-heap", ContextProperties::maxHeap, size -> options.maxHeap(kilobytes(size)));
        for (ContextProperties each : List.of(defaults, own)) {
            Map<String, String> variables = each.environment() == null ? Map.of() : each.environment();
            variables.forEach((variable, value) -> checked(
                    (each == own ? path : DEFAULTS) + ".environment", () -> options.environment(variable, value)));
        }
        apply("directory", ContextProperties::directory, options::directory);
        apply("umask", ContextProperties::umask, options::umask);
        apply("process-name", ContextProperties::processName, options::processName);
        apply("allow-disk", ContextProperties::allowDisk, options::allowDisk);
        apply("connect-timeout", ContextProperties::connectTimeout, options::connectTimeout);
        apply("call-timeout", ContextProperties::callTimeout, options::callTimeout);
        apply("grace", ContextProperties::grace, options::grace);
        apply("heartbeat", ContextProperties::heartbeat, options::heartbeat);
        apply("workers", ContextProperties::workers, options::workers);
        return options.build();
    }

    private static String kilobytes(DataSize size) {
        return size.toKilobytes() + "k";
    }

    private List<String> given(Map<String, Function<ContextProperties, @Nullable Object>> properties) {
        List<String> given = new ArrayList<>();
        properties.forEach((property, value) -> {
            if (value.apply(own) != null) {
                given.add(property);
            }
        });
        return given;
    }

    private <T> void apply(String property, Function<ContextProperties, @Nullable T> value, Consumer<T> use) {
        T given = value.apply(own);
        boolean ours = given != null && own != defaults;
        T effective = given == null ? value.apply(defaults) : given;
        if (effective != null) {
            checked((ours ? path : DEFAULTS) + "." + property, () -> {
                use.accept(effective);
                return effective;
            });
        }
    }

    private static <T> T checked(String property, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidContextException(property + ": " + e.getMessage() + ".", "Correct " + property + ".", e);
        }
    }
}
