package io.econtext.spring.autoconfigure;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.Way;
import io.econtext.broker.InProcess;
import io.econtext.spring.CallBacks;
import io.econtext.spring.Spec;
import io.econtext.spring.Specs;
import io.econtext.spring.autoconfigure.ContextProperties.Method;
import io.econtext.spring.ways.Ways;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the way in of one context from its properties and the defaults, or says what is wrong with them.
 *
 * <p>Used by one thread.
 */
final class ContextWays {
    static final String DEFAULTS = EcontextProperties.PREFIX + ".defaults";
    private static final String CONTEXTS = EcontextProperties.PREFIX + ".contexts.";
    private static final String SSH = "ssh";
    private static final String CONNECT_BACK = "connect-back";

    static final List<String> COMMON = List.of(
            "via",
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
            "on-stuck",
            "values",
            "reconnect",
            CONNECT_BACK,
            "eager",
            "primary");

    /** What doesn't depend on the method. */
    private static final Set<String> FOR_ALL =
            Stream.concat(COMMON.stream(), Stream.of("method", "spec")).collect(Collectors.toUnmodifiableSet());

    /** What holds for all hosts by ssh if it is a default; of other ways in nothing does. */
    private static final Set<String> SSH_DEFAULTS = Set.of(
            "port",
            "user",
            "identity",
            "password",
            "passphrase",
            "agent",
            "ssh-config",
            "known-hosts",
            "host-keys",
            "pinned-key",
            "tunnelled");

    private final String path;
    private final String name;
    private final ContextProperties own;
    private final ContextProperties defaults;
    private final Credentials credentials;

    private ContextWays(String name, ContextProperties own, ContextProperties defaults, Credentials credentials) {
        this.path = CONTEXTS + name;
        this.name = name;
        this.own = own;
        this.defaults = defaults;
        this.credentials = credentials;
    }

    /** The way and the name of the context that starts it; nothing is said of that one's being there. */
    static Spec of(String name, ContextProperties own, ContextProperties defaults, Credentials credentials) {
        return new ContextWays(name, own, defaults, credentials).way();
    }

    /** A host of which nothing but its name is said. */
    static Spec sshTo(String host, ContextProperties defaults, Credentials credentials) {
        return new ContextWays(host, defaults, defaults, credentials).made(SSH);
    }

    /** The options that hold where nothing else is said. */
    static ContextOptions defaults(ContextProperties defaults) {
        Set<String> refused =
                new TreeSet<>(PropertyOptions.given(defaults, FOR_ALL).keySet());
        refused.removeAll(SSH_DEFAULTS);
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("spec", defaults.spec() != null);
        given.put("via", defaults.via() != null);
        given.put(CONNECT_BACK, defaults.connectBack() != null);
        given.put("primary", defaults.primary());
        given.forEach((property, isGiven) -> {
            if (isGiven) {
                refused.add(property);
            }
        });
        for (String property : refused) {
            throw new InvalidContextException(
                    DEFAULTS + "." + property + " is set, but can't hold for all contexts.",
                    "Set it for the context that is meant: " + CONTEXTS + "NAME." + property + ".");
        }
        return CommonOptions.of(DEFAULTS, defaults, defaults);
    }

    private Spec way() {
        // tests put this over whatever the application configures, so nothing of that is refused
        if (own.method() == Method.IN_PROCESS) {
            return new Spec(InProcess.context().named(name).with(options()), null);
        }
        Spec way = callingBack(own.spec() == null ? made(method()) : fromSpec(own.spec()));
        if (!CallBacks.isOurs(way.way(), way.via())) {
            checkLaunch(way);
        }
        return way;
    }

    private Spec callingBack(Spec way) {
        boolean already = way.way() instanceof ConnectBack;
        if (already && own.connectBack() != null) {
            throw new InvalidContextException(
                    path + ".connect-back is set, and " + path + ".spec has a connect-back, too.",
                    "Remove one of them.");
        }
        if ((already || own.connectBack() != null) && !CallBacks.isOurs(way.way(), way.via())) {
            throw new InvalidContextException(
                    path + " is to call back, and to be started via " + way.via()
                            + ", but only what this program starts itself can call back.",
                    "Leave out via or connect-back, or tunnel ssh.");
        }
        return own.connectBack() == null
                ? way
                : new Spec(
                        CallBackOptions.of(path + "." + CONNECT_BACK, own.connectBack(), way.way(), credentials.keys()),
                        null);
    }

    /** Its parent starts it by a program, which may not be able to do what is set. */
    private void checkLaunch(Spec way) {
        try {
            way.way().launch();
        } catch (ConnectFailedException e) {
            throw new InvalidContextException(
                    path + " can't be started via " + way.via() + ": " + e.getMessage() + ".",
                    "Correct it, or leave out " + path + ".via.",
                    e);
        }
    }

    private String method() {
        Method method = own.method();
        if (method == null) {
            method = own.host() != null ? Method.SSH : defaults.method();
        }
        if (method == null) {
            throw new InvalidContextException(
                    path + " doesn't say how the context is started.",
                    "Set " + path + ".method to " + String.join(", ", Ways.names()) + ", or " + path
                            + ".host to a host that is reached by ssh, or " + path
                            + ".spec to a line such as ssh://deploy@web1:22.");
        }
        return method.name().toLowerCase(Locale.ROOT);
    }

    private Spec fromSpec(String spec) {
        List<String> excluded =
                new ArrayList<>(PropertyOptions.given(own, FOR_ALL).keySet());
        excluded.remove("password");
        if (own.method() != null) {
            excluded.add(0, "method");
        }
        if (!excluded.isEmpty()) {
            throw new InvalidContextException(
                    path + ".spec and " + path + "." + excluded.get(0) + " are both set, and the former says it all.",
                    "Remove one of them. Beside spec there may be password, " + String.join(", ", COMMON) + ".");
        }
        Specs specs = new Specs().withDefaults(options()).withKeys(credentials.keys()::of);
        Secret password = password(spec.startsWith(SSH + ":"));
        Spec parsed;
        try {
            parsed = (password == null ? specs : specs.withPassword(password))
                    .parse(spec + (spec.indexOf('?') < 0 ? "?" : "&") + "name=" + name);
        } catch (IllegalArgumentException e) {
            throw new InvalidContextException(path + ".spec: " + e.getMessage() + ".", "Correct " + path + ".spec.", e);
        }
        if (parsed.via() != null && own.via() != null) {
            throw new InvalidContextException(
                    path + ".via is set, and " + path + ".spec has a via, too.", "Remove one of them.");
        }
        return parsed.via() == null ? new Spec(parsed.way(), own.via()) : parsed;
    }

    private @Nullable Secret password(boolean bySsh) {
        if (own.password() != null) {
            return own.password();
        }
        if (bySsh && defaults.password() != null) {
            return defaults.password();
        }
        return bySsh && !credentials.provided() ? null : credentials.passwordOf(name);
    }

    private Spec made(String method) {
        boolean bySsh = method.equals(SSH);
        Map<String, List<String>> given = own == defaults ? new LinkedHashMap<>() : PropertyOptions.given(own, FOR_ALL);
        if (method.equals("exec") && own.password() != null) {
            given.putIfAbsent("asks", List.of("stdin"));
        }
        Map<String, List<String>> usual = bySsh ? PropertyOptions.given(defaults, FOR_ALL) : Map.of();
        PropertyOptions options = new PropertyOptions(
                path,
                name,
                options(),
                password(bySsh),
                own.passphrase() == null ? defaults.passphrase() : own.passphrase(),
                given,
                usual);
        String place = Ways.place(method);
        Way way = make(method, place, place(method, place, given), options);
        Set<String> left = new TreeSet<>(given.keySet());
        left.removeAll(options.properties());
        left.removeIf(property -> property.equals(place));
        for (String property : left) {
            String known = Stream.concat(
                            Stream.concat(Stream.ofNullable(place), options.properties().stream()), COMMON.stream())
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new InvalidContextException(
                    path + "." + property + " is set, which method " + method + " doesn't know.",
                    "Remove it, or set " + path + ".method to another. Method " + method + " knows " + known + ".");
        }
        return new Spec(way, own.via());
    }

    private Way make(String method, @Nullable String place, String leadsTo, PropertyOptions options) {
        return place == null
                ? Ways.make(method, leadsTo, options)
                : checked(path + "." + place, () -> Ways.make(method, leadsTo, options));
    }

    private String place(String method, @Nullable String place, Map<String, List<String>> given) {
        if (place == null) {
            return "";
        }
        if (given.containsKey(place)) {
            return given.get(place).get(0);
        }
        if (method.equals(SSH)) {
            return name;
        }
        throw new InvalidContextException(
                path + ".method is " + method + ", and " + path + "." + place + " is missing.",
                "Set " + path + "." + place + ".");
    }

    private ContextOptions options() {
        return CommonOptions.of(path, own, defaults);
    }

    static void checked(String property, Runnable use) {
        checked(property, () -> {
            use.run();
            return property;
        });
    }

    private static <T> T checked(String property, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidContextException(property + ": " + e.getMessage() + ".", "Correct " + property + ".", e);
        }
    }
}
