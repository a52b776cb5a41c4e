package io.econtext.spring.autoconfigure;

import io.econtext.ContextOptions;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.spring.Specs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The contexts and groups that the configuration asks for, checked. Immutable.
 *
 * @param defaults what holds for contexts that are connected for the occasion
 * @param contexts by name, in the configured order
 * @param groups the names of their contexts, by name
 */
record ContextPlan(ContextOptions defaults, Map<String, Planned> contexts, Map<String, List<String>> groups) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** A context to be. */
    record Planned(Way way, boolean eager, boolean primary) {}

    static ContextPlan of(EcontextProperties properties) {
        checkBounds("econtext.events.queue", properties.events().queue(), 1, 1_000_000);
        checkBounds("econtext.logs.capacity", properties.logs().capacity(), 0, 100_000);
        ContextProperties defaults = properties.defaults();
        ContextOptions options = ContextWays.defaults(defaults);
        Map<String, Planned> contexts = new LinkedHashMap<>();
        properties.contexts().forEach((name, own) -> {
            checkName("context", name);
            Way way = ContextWays.of(name, own, defaults);
            contexts.put(name, new Planned(way, own.eager() || defaults.eager(), own.primary()));
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
        Groups groups = new Groups(contexts, defaults, options);
        properties.groups().forEach(groups::add);
        return new ContextPlan(
                options, Collections.unmodifiableMap(contexts), Collections.unmodifiableMap(groups.members));
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
        contexts.values().forEach(planned -> broker.define(planned.way()));
    }

    /** Collects groups and the contexts that only they mention. Used by one thread. */
    private static final class Groups {
        private final Map<String, Planned> contexts;
        private final ContextProperties defaults;
        private final Specs specs;
        private final Map<String, List<String>> members = new LinkedHashMap<>();

        Groups(Map<String, Planned> contexts, ContextProperties defaults, ContextOptions options) {
            this.contexts = contexts;
            this.defaults = defaults;
            this.specs = new Specs().withDefaults(options);
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
            Way way;
            if (each.indexOf("://") > 0) {
                way = specs.parse(each);
            } else if (HostRange.isRange(entry) || each.indexOf('.') > 0) {
                way = ContextWays.sshTo(each, defaults);
            } else {
                throw new InvalidContextException(
                        "econtext.groups." + group + " names '" + each + "', which is not a configured context.",
                        "Name one of " + contexts.keySet() + ", a host with its domain, a range of hosts such as"
                                + " web[1:20].example, or a specification such as ssh://deploy@web1.");
            }
            checkName("context", way.name());
            Planned known = contexts.putIfAbsent(way.name(), new Planned(way, defaults.eager(), false));
            if (known != null && !known.way().address().equals(way.address())) {
                throw new IllegalArgumentException("'" + each + "' would be named " + way.name() + ", as is "
                        + known.way().address() + "; give one of them another by '?name=…'");
            }
            return way.name();
        }
    }
}
