package io.econtext.call;

import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.core.Context;
import io.econtext.core.Handles;
import io.econtext.core.ValueException;
import java.util.HashMap;
import java.util.Map;

/** This context, as one that refers to others and calls its descendants. Safe for use by any thread. */
final class Here extends Contexts {
    /** Children may name contexts that aren't there. */
    private static final int MAX_REFERRED = 10_000;

    private static Here current;

    final Context context;
    final Origin origin;
    final StuckCalls stuck;
    private final Map<Integer, ReferredContext> referred = new HashMap<>();

    private Here(Context context) {
        this.context = context;
        CallThreads threads = new CallThreads();
        origin = new Origin(context.router, new CoreValues(), new Loaders(), null, threads, context.maxMessage());
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
    synchronized ReferredContext context(int id, String name, String address, ContextOptions options) {
        ReferredContext known = referred.get(id);
        if (known == null) {
            if (referred.size() == MAX_REFERRED) {
                throw new ValueException("more than " + MAX_REFERRED + " contexts are referred to here");
            }
            known = new ReferredContext(this, id, name, address, options);
            referred.put(id, known);
            known.watch();
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

    synchronized void forget(ReferredContext context) {
        referred.remove(context.id(), context);
    }
}
