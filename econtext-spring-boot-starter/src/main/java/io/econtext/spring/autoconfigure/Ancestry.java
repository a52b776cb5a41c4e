package io.econtext.spring.autoconfigure;

import io.econtext.spring.Specs;
import io.econtext.spring.autoconfigure.ContextPlan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks that whoever starts a context is one itself, and started by this program in the end.
 *
 * <p>Used by one thread.
 */
final class Ancestry {
    private final Map<String, Planned> contexts;
    private final Map<String, List<String>> groups;

    Ancestry(Map<String, Planned> contexts, Map<String, List<String>> groups) {
        this.contexts = contexts;
        this.groups = groups;
    }

    void check() {
        contexts.forEach((name, planned) -> {
            if (planned.via() != null && !contexts.containsKey(planned.via())) {
                throw unknown(name, planned.via());
            }
        });
        contexts.keySet().forEach(this::refuseCycle);
    }

    private InvalidContextException unknown(String name, String via) {
        String names = "econtext.contexts." + name + ": via names '" + via + "', which ";
        if (groups.containsKey(via)) {
            return new InvalidContextException(
                    names + "is a group, and one context starts another.",
                    "Name one of its contexts: " + String.join(", ", groups.get(via)) + ".");
        }
        if (HostRange.isRange(via)) {
            return new InvalidContextException(
                    names + "is a range of hosts, and one context starts another.",
                    "Name one of the configured contexts: " + String.join(", ", contexts.keySet()) + ".");
        }
        if (Specs.isSpec(via)) {
            return new InvalidContextException(
                    names + "is a specification.", "Configure it below econtext.contexts, and give its name to via.");
        }
        return new InvalidContextException(
                names + "is not a configured context.",
                "Name one of " + String.join(", ", contexts.keySet()) + ", or configure econtext.contexts." + via
                        + ".");
    }

    private void refuseCycle(String name) {
        List<String> ancestry = new ArrayList<>();
        for (String each = name; each != null; each = contexts.get(each).via()) {
            if (ancestry.contains(each)) {
                List<String> cycle = new ArrayList<>(ancestry.subList(ancestry.indexOf(each), ancestry.size()));
                cycle.add(each);
                throw new InvalidContextException(
                        "Contexts start each other: " + String.join(" via ", cycle) + ".",
                        "Leave out the via of one of them.");
            }
            ancestry.add(each);
        }
    }
}
