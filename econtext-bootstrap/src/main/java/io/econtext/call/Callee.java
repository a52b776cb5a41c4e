package io.econtext.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A context, as the calls that are made in it see it. Safe for use by any thread. */
public interface Callee {
    String name();

    /** The deadline of calls that have none of their own, and how long a stream may take to start. */
    Duration callTimeout();

    /** How long a call that was told to stop may take for it. */
    Duration grace();

    /**
     * Waits until it can be sent to; it may still be booting.
     *
     * @param deadline of {@link System#nanoTime}
     * @param what waits, for people
     */
    Life usable(long deadline, String what) throws InterruptedException;

    /** Done when {@link #usable} need not wait any more, and failed as that would where it waits in vain. */
    CompletableFuture<?> ready();

    void begun(int call, Target target);

    /** The call was told to stop, and may go on for a while. */
    void cancelled(int call);

    /**
     * What was told to stop has ended.
     *
     * @param interrupted whether it took an interrupt, or it had ended by itself or not begun
     */
    void stopped(Target target, boolean interrupted);

    /** Nothing will be heard of the call any more. */
    void over(int call);

    /** @param why what it said that it should not have said, after its name */
    void refused(String why);

    void called(Target target, long nanos, @Nullable Throwable failure);

    /** Completes asynchronous calls in it; no context's results may hold up those of others. */
    Executor completer();
}
