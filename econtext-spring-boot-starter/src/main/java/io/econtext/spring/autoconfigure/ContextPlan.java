package io.econtext.spring.autoconfigure;

import io.econtext.ConnectBack;
import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.spring.Spec;
import io.econtext.spring.Specs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contexts and groups that the configuration asks for, checked. Immutable.
 *
 * @param defaults what holds for contexts that are connected for the occasion
 * @param contexts by name, in the configured order
 * @param groups the names of their contexts, by name
 * @param keys of contexts that call back
 */
record ContextPlan(
        ContextOptions defaults, Map<String, Planned> contexts, Map<String, List<String>> groups, BundleKeys keys) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** A context to be, and the name of the one that starts it, if that isn't this program. */
    record Planned(Way way, @Nullable String via, boolean eager, boolean primary) {}

    /** Whether values travel to that context as Jackson's annotations say. */
    boolean isByJackson(String context) {
        Planned planned = contexts.get(context);
        return planned != null && planned.way().options().hasValuesByJackson();
    }

    static ContextPlan of(EcontextProperties properties, Credentials credentials) {
        checkBounds("econtext.events.queue", properties.events().queue(), 1, 1_000_000);
        checkBounds("econtext.logs.capacity", properties.logs().capacity(), 0, 100_000);
        ContextProperties defaults = properties.defaults();
        ContextOptions options = ContextWays.defaults(defaults);
        Map<String, Planned> contexts = new LinkedHashMap<>();
        properties.contexts().forEach((name, own) -> {
            checkName("context", name);
            Spec spec = ContextWays.of(name, own, defaults, credentials);
            contexts.put(name, new Planned(spec.way(), spec.via(), own.eager() || defaults.eager(), own.primary()));
        });
        List<String> primaries = contexts.keySet().stream()
                .filter(name -> contexts.get(name).primary())
                .sorted()
                .toList();
        if (primaries.size() > 1) {
            throw new InvalidContextException(
                    "More than one context is primary: " + String.join(", ", primaries) + ".",
                    "Leave econtext.contexts.NAME.primary to one of them.");
        }
        Groups groups = new Groups(contexts, defaults, options, credentials);
        properties.groups().forEach(groups::add);
        new Ancestry(contexts, groups.members).check();
        return new ContextPlan(
                options,
                Collections.unmodifiableMap(contexts),
                Collections.unmodifiableMap(groups.members),
                credentials.keys());
    }

    /** Looks for the keys that contexts name, which are not there before all beans are known. */
    void checkKeys() {
        contexts.forEach((name, planned) -> {
            if (planned.way() instanceof ConnectBack back) {
                try {
                    back.keys();
                } catch (IllegalArgumentException e) {
                    throw new InvalidContextException(
                            "Context " + name + " can't call back: " + e.getMessage() + ".",
                            "Name a bundle below spring.ssl.bundle that has a private key and its certificate, or none"
                                    + " to have them made.",
                            e);
                }
            }
        });
    }

    private static void checkBounds(String property, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidContextException(
                    property + " is " + value + ".", "Choose a number from " + least + " to " + most + ".");
        }
    }

    private static void checkName(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidContextException(
                    "'" + name + "' can't be the name of a " + kind + ".",
                    "Use letters, digits, dots, dashes and underscores, beginning with a letter or a digit. A name"
                            + " with dots is written in brackets: econtext.contexts.[web1.example].host.");
        }
    }

    /** Makes all contexts known to a broker; none is connected by this. */
    void defineIn(Broker broker) {
        Map<String, RemoteContext> defined = new HashMap<>();
        contexts.keySet().forEach(name -> define(name, broker, defined));
    }

    /** Those that start others are known before these. */
    private RemoteContext define(String name, Broker broker, Map<String, RemoteContext> defined) {
        RemoteContext known = defined.get(name);
        if (known != null) {
            return known;
        }
        Planned planned = contexts.get(name);
        RemoteContext via = planned.via() == null ? null : define(planned.via(), broker, defined);
        RemoteContext context = broker.define(name, planned.way(), via);
        defined.put(name, context);
        return context;
    }

    /** Collects groups and the contexts that only they mention. Used by one thread. */
    private static final class Groups {
        private final Map<String, Planned> contexts;
        private final ContextProperties defaults;
        private final Specs specs;
        private final Credentials credentials;
        private final Map<String, List<String>> members = new LinkedHashMap<>();

        Groups(
                Map<String, Planned> contexts,
                ContextProperties defaults,
                ContextOptions options,
                Credentials credentials) {
            this.contexts = contexts;
            this.defaults = defaults;
            this.specs = new Specs().withDefaults(options).withKeys(credentials.keys()::of);
            this.credentials = credentials;
        }

        void add(String group, List<String> entries) {
            checkName("group", group);
            if (contexts.containsKey(group)) {
                throw new InvalidContextException(
                        "'" + group + "' is the name of a context and of a group.", "Rename one of them.");
            }
            List<String> names = new ArrayList<>();
            for (String entry : entries) {
                try {
                    HostRange.expand(entry).forEach(each -> names.add(member(group, entry, each)));
                } catch (IllegalArgumentException e) {
                    throw new InvalidContextException(
                            "econtext.groups." + group + ": " + e.getMessage() + ".",
                            "Correct the entry '" + entry + "'.",
                            e);
                }
            }
            members.put(group, names.stream().distinct().toList());
        }

        private String member(String group, String entry, String each) {
            if (contexts.containsKey(each)) {
                return each;
            }
            Spec spec;
            if (Specs.isSpec(each)) {
                spec = specs.parse(each);
            } else if (HostRange.isRange(entry) || each.indexOf('.') > 0) {
                spec = ContextWays.sshTo(each, defaults, credentials);
            } else {
                throw new InvalidContextException(
                        "econtext.groups." + group + " names '" + each + "', which is not a configured context.",
                        "Name one of " + contexts.keySet() + ", a host with its domain, a range of hosts such as"
                                + " web[1:20].example, or a specification such as ssh://deploy@web1.");
            }
            Way way = spec.way();
            checkName("context", way.name());
            Planned known = contexts.putIfAbsent(way.name(), new Planned(way, spec.via(), defaults.eager(), false));
            boolean same = known == null
                    || known.way().address().equals(way.address()) && Objects.equals(known.via(), spec.via());
            if (!same) {
                throw new IllegalArgumentException("'" + each + "' would be named " + way.name() + ", as is "
                        + known.way().address() + (known.via() == null ? "" : " via " + known.via())
                        + "; give one of them another by '?name=…'");
            }
            return way.name();
        }
    }
}
