package io.econtext;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The first program, which starts contexts: what is to be known of a broker by code that doesn't depend on one.
 *
 * <p>Safe for use by any thread. Closing it ends every context that it started.
 */
public interface Controller extends AutoCloseable {

    /**
     * Starts a context and waits until it is up.
     *
     * @throws IllegalArgumentException if there is a context of that name
     */
    RemoteContext connect(Way way) throws ConnectFailedException;

    /** Starts a context; cancelling the future gives up and leaves no process. */
    CompletableFuture<RemoteContext> connectAsync(Way way);

    /** Makes a context known by its way's name, to be connected when it is first used. */
    RemoteContext define(Way way);

    /** @throws RuntimeException if there is none; its message lists those that are */
    RemoteContext context(String name);

    /** All contexts, in the order in which they became known. */
    List<RemoteContext> contexts();

    /** Closes all contexts, in parallel, then everything of its own. */
    @Override
    void close();
}
