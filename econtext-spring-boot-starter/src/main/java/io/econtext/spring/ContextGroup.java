package io.econtext.spring;

import io.econtext.RemoteContext;
import java.util.Iterator;
import java.util.List;

/**
 * Contexts that belong together, as configured below {@code econtext.groups}. Immutable.
 *
 * @param name the name of the group
 * @param contexts its contexts in the configured order
 */
public record ContextGroup(String name, List<RemoteContext> contexts) implements Iterable<RemoteContext> {

    /** Copies the list. */
    public ContextGroup {
        contexts = List.copyOf(contexts);
    }

    @Override
    public Iterator<RemoteContext> iterator() {
        return contexts.iterator();
    }

    @Override
    public String toString() {
        return name + contexts.stream().map(RemoteContext::name).toList();
    }
}
