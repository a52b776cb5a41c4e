package io.econtext.broker;

import io.econtext.Launch;
import io.econtext.Way;
import org.jspecify.annotations.Nullable;

/**
 * Starts commands by one kind of {@link Way}: the service interface behind every way in.
 *
 * <p>Found as a service, or handed to {@link Broker.Builder#connector}. Safe for use by several threads.
 *
 * @param <W> the kind of way it serves
 */
public interface Connector<W extends Way> extends AutoCloseable {

    /** The kind of way; one of {@link Way} itself serves all that have a {@link Way#launch}, after all others. */
    Class<W> way();

    /** The program that starts the command, where it can ask or say anything by itself; otherwise {@code null}. */
    default @Nullable Launch launch(W way) {
        return null;
    }

    /**
     * Whether what it starts is a command line. A connector that has a JVM at hand gets the answer to the preamble's
     * question for its command, and on the stream the core without what would make a JVM first.
     */
    default boolean runsCommands() {
        return true;
    }

    /**
     * Whether it starts that itself, too, where the way leads through a context of another host: by connections which that
     * one opens. Then the other {@code start} is called with it; otherwise that context starts it by {@link Way#launch}.
     */
    default boolean isTunnelled(W way) {
        return false;
    }

    /**
     * Begins to start {@code command} where {@code way} leads and returns at once. Whatever happens is told to
     * {@code events}; what could not be started is told as {@link TransportEvents#failed}.
     *
     * @param command one line for the login shell of the target
     * @return the transport, which is closed to give up at any time
     */
    Transport start(W way, String command, TransportEvents events);

    /** As {@link #start(Way, String, TransportEvents)}, by connections that another context opens. */
    default Transport start(W way, String command, Outlet outlet, TransportEvents events) {
        throw new UnsupportedOperationException(way.address() + " can't be tunnelled");
    }

    /** Ends what this connector shares between transports, such as sessions and I/O threads. */
    @Override
    default void close() {}
}
