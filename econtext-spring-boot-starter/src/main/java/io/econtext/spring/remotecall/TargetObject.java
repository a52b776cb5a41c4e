package io.econtext.spring.remotecall;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An object that lives in a context. Safe for use by any number of threads. */
public interface TargetObject {

    /**
     * Calls one of its methods and waits.
     *
     * @param timeout the deadline; {@code null} for the context's own
     */
    @Nullable
    Object invoke(Method method, @Nullable Object[] arguments, @Nullable Duration timeout) throws Throwable;

    /** Calls one of its methods without waiting; cancelling the future interrupts the call. */
    CompletableFuture<Object> invokeAsync(Method method, @Nullable Object[] arguments, @Nullable Duration timeout);

    /** Ends its life there. */
    void close();
}
