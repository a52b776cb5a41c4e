package io.econtext;

import io.econtext.core.Context;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Where code finds out where it runs. Safe for use by any thread. */
public final class Econtext {
    static final String CONTROLLER = "this is the controller: its broker starts contexts";

    private static final String STARTER = "io.econtext.call.Starter";

    private final String name;
    private final int id;
    private final int parent;

    private Econtext(String name, int id, int parent) {
        this.name = name;
        this.id = id;
        this.parent = parent;
    }

    /** The context that this code runs in: a remote one, or the controller. */
    public static Econtext current() {
        Context here = Context.current;
        return here == null
                ? new Econtext("controller", 0, -1)
                : new Econtext(here.name, here.router.id(), here.router.parent());
    }

    public String name() {
        return name;
    }

    /** The number by which messages find this context; 0 is the controller. */
    public int id() {
        return id;
    }

    /** The id of the context that started this one; -1 for the controller. */
    public int parentId() {
        return parent;
    }

    /** Whether this is a context that was started by another. */
    public boolean isRemote() {
        return id != 0;
    }

    /**
     * Starts a context from this one, which is its parent then, and waits until it is up. Its name is this one's, a slash
     * and the way's. It ends before this one does; until then it is known to the controller, too.
     *
     * @throws ConnectFailedException if it doesn't come up, or if the controller doesn't allow it
     * @throws IllegalStateException on the controller, which starts contexts by its broker
     */
    public RemoteContext connect(Way way) throws ConnectFailedException {
        CompletableFuture<RemoteContext> future = connectAsync(way);
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new ConnectFailedException.Cancelled(
                    way.address(), "interrupted while connecting", Collections.<String>emptyList(), e);
        }
    }

    /** Starts a context from this one; cancelling the future gives up and leaves no process. */
    @SuppressWarnings("unchecked")
    public CompletableFuture<RemoteContext> connectAsync(Way way) {
        if (!isRemote()) {
            throw new IllegalStateException(CONTROLLER);
        }
        try {
            // by name, as it comes with all that makes calls
            return ((Function<Way, CompletableFuture<RemoteContext>>)
                            Class.forName(STARTER).newInstance())
                    .apply(way);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
