package io.econtext.spring.remotecall;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The instances of one bean's implementation, one in each context that was called, each made at its first call.
 *
 * <p>Safe for use by any number of threads.
 */
final class TargetInstances {
    private final Function<RemoteContext, TargetObject> maker;
    private final Map<RemoteContext, TargetObject> instances = new ConcurrentHashMap<>();

    TargetInstances(Function<RemoteContext, TargetObject> maker) {
        this.maker = maker;
    }

    TargetObject in(RemoteContext context) {
        TargetObject known = instances.get(context);
        if (known != null) {
            return known;
        }
        // contexts that were connected for an occasion don't come back
        instances.keySet().removeIf(other -> other.state() == ContextState.CLOSED);
        return instances.computeIfAbsent(context, maker);
    }

    void close() {
        instances.values().forEach(TargetObject::close);
        instances.clear();
    }
}
