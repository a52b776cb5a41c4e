package io.econtext.spring.autoconfigure;

import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.broker.ContextCounters;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.Contexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The broker's contexts, where beans of the application's own, such as those of its tests, take precedence.
 *
 * <p>Safe for use by any number of threads.
 */
final class ApplicationContexts implements Contexts {
    private final Broker broker;
    private final ListableBeanFactory beans;

    ApplicationContexts(Broker broker, ListableBeanFactory beans) {
        this.broker = broker;
        this.beans = beans;
    }

    @Override
    public List<RemoteContext> all() {
        Map<String, RemoteContext> all = new LinkedHashMap<>();
        for (String name : names(RemoteContext.class)) {
            all.put(name, beans.getBean(name, RemoteContext.class));
        }
        broker.contexts().forEach(context -> all.putIfAbsent(context.name(), context));
        return List.copyOf(all.values());
    }

    @Override
    public RemoteContext named(String name) {
        return isBean(name, RemoteContext.class) ? beans.getBean(name, RemoteContext.class) : broker.context(name);
    }

    @Override
    public boolean isConfigured(String name) {
        return isBean(name, RemoteContext.class);
    }

    @Override
    public ContextGroup group(String name) {
        if (isBean(name, ContextGroup.class)) {
            return beans.getBean(name, ContextGroup.class);
        }
        throw new IllegalArgumentException(
                "there is no group '" + name + "'; there are " + List.of(names(ContextGroup.class)));
    }

    @Override
    public @Nullable ContextCounters counters(String name) {
        boolean known =
                broker.contexts().stream().anyMatch(context -> context.name().equals(name));
        return known ? broker.counters(name) : null;
    }

    @Override
    public RemoteContext define(Way way, @Nullable RemoteContext via) {
        return via == null ? broker.define(way) : via.define(way);
    }

    @Override
    public Map<String, String> examine(String name) {
        return broker.examine(broker.context(name));
    }

    @Override
    public void forget(String name) {
        broker.context(name);
        broker.remove(name);
    }

    private boolean isBean(String name, Class<?> type) {
        return beans.containsBean(name) && beans.isTypeMatch(name, type);
    }

    private String[] names(Class<?> type) {
        return beans.getBeanNamesForType(type, true, false);
    }
}
