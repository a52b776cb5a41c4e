package io.econtext;

import io.econtext.core.Context;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/** Where code finds out where it runs. Safe for use by any thread. */
public final class Econtext {
    static final String CONTROLLER = "this is the controller: its broker starts contexts";

    private static final String STARTER = "io.econtext.call.Starter";
    private static final String RUNNER = "io.econtext.script.ProgramRunner";

    private final String name;
    private final int id;
    private final int parent;

    private Econtext(String name, int id, int parent) {
        this.name = name;
        this.id = id;
        this.parent = parent;
    }

    /**
     * Runs a program and ends this JVM: the main method of one that is a single file. It is given a broker, which is closed
     * when it returns; what its contexts print and log is printed.
     *
     * <p>The status is 0; that of the remote program if an {@link ExecException} is thrown; 1 if anything else is. What was
     * thrown is printed to stderr: the message of an {@link EcontextException}, the stack of what the program's own code threw,
     * here or there.
     *
     * @param args of the program; where {@code -v} or {@code --verbose} is among them, debug lines are printed, too
     * @throws IllegalStateException in a remote context
     */
    @SuppressWarnings("unchecked")
    public static void run(String[] args, Program program) {
        if (current().isRemote()) {
            throw new IllegalStateException("this is a remote context: only a controller runs programs");
        }
        int status;
        try {
            // by name, as it comes with the controller's side
            status = ((ToIntBiFunction<String[], Program>) Class.forName(RUNNER).newInstance())
                    .applyAsInt(args, program);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("econtext-script is not on the class path", e);
        }
        System.exit(status);
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
