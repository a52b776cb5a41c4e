package io.econtext.broker;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Learns what happens to contexts. Called on threads of the broker, one event of a context after the other; should
 * return soon, as log lines and state changes of that context wait for it. What it throws is logged.
 */
public interface BrokerListener {

    /** @param reason why, for people; that of a loss tells how it ended, and what was printed last */
    default void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {}

    /** A context that is connecting does something else now. */
    default void progressed(RemoteContext context, ConnectPhase phase) {}

    default void logged(LogLine line) {}

    /**
     * A call ended, on the caller's thread.
     *
     * @param what the method, as {@code Class#method}
     * @param failure what it threw, or {@code null}
     */
    default void called(RemoteContext context, String what, Duration took, @Nullable Throwable failure) {}

    /**
     * A call was cancelled or timed out, or the channel of a source was closed, and it has ended now. This or
     * {@link #stuck} is told of each that was sent, and both of one that ends after all, unless its context is lost.
     *
     * @param interrupted whether its thread was interrupted for that; if not, it had not begun or was just ending by itself
     */
    default void stopped(RemoteContext context, String what, boolean interrupted) {}

    /**
     * A call was cancelled or timed out, was interrupted, and still runs after the grace.
     *
     * @param stack where it is, a frame per line
     */
    default void stuck(RemoteContext context, String what, String stack) {}

    /**
     * A context sent what it may not send; the message was dropped, or cost it its link. Told once for each kind of
     * message; {@link ContextCounters#refused} counts all.
     *
     * @param why what the context did, to be read after its name
     */
    default void refused(RemoteContext context, String why) {}
}
