package io.econtext.call;

import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.core.Context;
import io.econtext.core.Handles;
import java.util.concurrent.ConcurrentHashMap;

/** This context, as one that refers to others and calls its descendants. Safe for use by any thread. */
final class Here extends Contexts {
    private static Here current;

    final Context context;
    final Origin origin;
    final StuckCalls stuck;
    private final ConcurrentHashMap<Integer, ReferredContext> referred = new ConcurrentHashMap<>();

    private Here(Context context) {
        this.context = context;
        CallThreads threads = new CallThreads();
        origin = new Origin(context.router, new CoreValues(), new Loaders(), threads, context.maxMessage());
        stuck = new StuckCalls(threads);
        context.router.register(Handles.STUCK, stuck);
        context.atExit.add(threads::close);
    }

    static synchronized Here current() {
        if (current == null || current.context != Context.current) {
            current = new Here(Context.current);
        }
        return current;
    }

    @Override
    protected boolean owns(RemoteContext value) {
        return value instanceof ReferredContext && ((ReferredContext) value).isOf(this);
    }

    @Override
    protected RemoteContext find(int id, String name) {
        return context(id, name, "context:" + id, ContextOptions.DEFAULTS);
    }

    /** The context of that number, always the same as long as it is there. */
    ReferredContext context(int id, String name, String address, ContextOptions options) {
        ReferredContext known = referred.get(id);
        if (known == null) {
            ReferredContext fresh = new ReferredContext(this, id, name, address, options);
            known = referred.putIfAbsent(id, fresh);
            if (known == null) {
                fresh.watch();
                return fresh;
            }
        }
        return known;
    }

    RemoteContext itself() {
        return find(context.router.id(), context.name);
    }

    /** A child that this context has just started. */
    ReferredContext child(int id, String name, String address, ContextOptions options) {
        ReferredContext child = context(id, name, address, options);
        child.isOurs();
        return child;
    }

    void forget(ReferredContext context) {
        referred.remove(context.id(), context);
    }
}
