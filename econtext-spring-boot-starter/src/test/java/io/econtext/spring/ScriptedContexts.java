package io.econtext.spring;

import io.econtext.ConnectFailedException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.ContextCounters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contexts of a test; what isn't among them is made by {@link #making}. For one thread. */
public final class ScriptedContexts implements Contexts {
    private final Map<String, RemoteContext> configured = new LinkedHashMap<>();
    private final Map<String, RemoteContext> occasional = new LinkedHashMap<>();
    private Function<Way, ScriptedContext> maker = way -> new ScriptedContext(way.name())
            .refusing(new ConnectFailedException.Refused(way.address(), "nothing listens there", List.of(), null));

    public final Map<String, String> findings = new LinkedHashMap<>();
    public final List<String> forgotten = new ArrayList<>();

    public ScriptedContexts(RemoteContext... contexts) {
        add(contexts);
    }

    public void add(RemoteContext... contexts) {
        for (RemoteContext context : contexts) {
            configured.put(context.name(), context);
        }
    }

    public ScriptedContexts making(Function<Way, ScriptedContext> others) {
        maker = others;
        return this;
    }

    @Override
    public List<RemoteContext> all() {
        List<RemoteContext> all = new ArrayList<>(configured.values());
        all.addAll(occasional.values());
        return all;
    }

    @Override
    public RemoteContext named(String name) {
        return all().stream()
                .filter(context -> context.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no context '" + name + "'; there are " + String.join(", ", configured.keySet())));
    }

    @Override
    public boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    @Override
    public ContextGroup group(String name) {
        throw new IllegalArgumentException("no group '" + name + "'");
    }

    @Override
    public ContextCounters counters(String name) {
        return new ContextCounters(1, 2, 3, 4, 5, 6, 7, 12, 11, 1, 8, 9, 10);
    }

    @Override
    public RemoteContext define(Way way, @Nullable RemoteContext via) {
        ScriptedContext context = maker.apply(way);
        if (via != null) {
            context = context.via(via);
        }
        occasional.put(context.name(), context);
        return context;
    }

    @Override
    public Map<String, String> examine(String name) {
        if (findings.isEmpty()) {
            named(name).connect();
        }
        return findings;
    }

    @Override
    public void forget(String name) {
        occasional.remove(name).close();
        forgotten.add(name);
    }
}
