package io.econtext.call;

import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.NotPortableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An object that lives in a context: made there on first use, made anew after a reconnect, and closed with the context
 * or by {@link #close}.
 *
 * <p>Safe for use by several threads; their calls run in parallel on the one object.
 */
public final class RemoteObject implements InvocationHandler, AutoCloseable {
    private final Caller caller;
    private final Target constructor;
    private final Object[] arguments;
    private Made made;
    private boolean closed;

    RemoteObject(Caller caller, Target constructor, Object[] arguments) {
        this.caller = caller;
        this.constructor = constructor;
        this.arguments = arguments;
        if (constructor.parameters.size() != arguments.length) {
            throw new NotPortableException(constructor.describe() + " takes " + constructor.parameters.size()
                    + " arguments, " + arguments.length + " are given");
        }
    }

    static RemoteObject of(Object proxy) {
        InvocationHandler handler = Proxy.isProxyClass(proxy.getClass()) ? Proxy.getInvocationHandler(proxy) : null;
        if (handler instanceof RemoteObject) {
            return (RemoteObject) handler;
        }
        throw new IllegalArgumentException(
                "not a stand-in made by proxy(): " + proxy.getClass().getName());
    }

    /**
     * Calls a method of the object and waits for the result.
     *
     * @param timeout the deadline, or {@code null} for the context's own
     * @throws Throwable what the call threw, as for {@link io.econtext.RemoteContext#invoke}
     */
    public @Nullable Object invoke(Method method, Object @Nullable [] values, @Nullable Duration timeout)
            throws Throwable {
        Deadline deadline = deadline(timeout);
        try {
            return invokeOnce(method, values, deadline);
        } catch (ContextLostException e) {
            if (e.delivery() != Delivery.NOT_SENT) {
                throw e;
            }
        }
        return invokeOnce(method, values, deadline);
    }

    private Deadline deadline(Duration timeout) {
        return new Deadline(timeout == null ? caller.timeout() : timeout);
    }

    private Object invokeOnce(Method method, Object[] values, Deadline deadline) {
        Made object = made(deadline);
        return caller.await(encode(method, values, object), deadline, object.in);
    }

    /** Calls a method of the object without waiting; the future is cancelled to stop the call. */
    public CompletableFuture<Object> invokeAsync(
            Method method, Object @Nullable [] values, @Nullable Duration timeout) {
        Deadline deadline = deadline(timeout);
        CompletableFuture<Object> result = new CompletableFuture<>();
        caller.origin.threads.execute(() -> {
            try {
                Made object = made(deadline);
                CompletableFuture<Object> call = caller.async(encode(method, values, object), deadline, object.in);
                result.whenComplete((value, failure) -> call.cancel(true));
                call.whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private EncodedCall encode(Method method, Object[] values, Made object) {
        return caller.origin.encoder.encode(
                Functions.kept(method), object.number.join(), values == null ? new Object[0] : values, null);
    }

    /** The object in the life there is now; made by one thread while others wait for it, each until its own deadline. */
    private Made made(Deadline deadline) {
        while (true) {
            Life now = caller.life(constructor, deadline);
            boolean mine = false;
            Made object;
            synchronized (this) {
                if (closed) {
                    throw new IllegalStateException(this + " was released");
                }
                if (made == null || made.in != now || made.number.isCompletedExceptionally()) {
                    made = new Made(now);
                    mine = true;
                }
                object = made;
            }
            if (mine) {
                make(object, deadline);
                return object;
            }
            // The failure of who made it may be its own deadline: then it's this one's turn.
            if (isMade(object, deadline)) {
                return object;
            }
        }
    }

    private boolean isMade(Made object, Deadline deadline) {
        try {
            object.number.get(deadline.left(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            throw deadline.passed(toString(), false);
        } catch (InterruptedException e) {
            throw caller.interrupted(constructor, e);
        }
    }

    private void make(Made object, Deadline deadline) {
        try {
            EncodedCall make = caller.origin.encoder.encode(constructor, 0, arguments, null);
            object.number.complete((Integer) caller.await(make, deadline, object.in));
        } catch (Throwable e) {
            object.number.completeExceptionally(e);
            throw e;
        }
    }

    /** Ends its life there; later calls fail. */
    @Override
    public void close() {
        Made object;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            object = made;
        }
        Deadline deadline = deadline(null);
        if (object != null && !object.in.isOver() && isMade(object, deadline)) {
            int number = object.number.join();
            EncodedCall release = caller.origin.encoder.encode(constructor.release(), number, new Object[0], null);
            try {
                caller.await(release, deadline, object.in);
            } catch (ContextLostException e) {
                // It ended with its context.
            }
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] values) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), values);
        }
        if (method.getName().equals("close") && method.getParameterCount() == 0) {
            close();
            return null;
        }
        return Functions.isFuture(method) ? invokeAsync(method, values, null) : invoke(method, values, null);
    }

    private Object ofObject(Object proxy, String method, Object[] values) {
        if (method.equals("equals")) {
            return proxy == values[0];
        }
        return method.equals("hashCode") ? (Object) System.identityHashCode(proxy) : toString();
    }

    @Override
    public String toString() {
        return constructor.describe() + " in " + caller.callee.name();
    }

    /** Where the object is, and its number there, which means nothing anywhere else. */
    private static final class Made {
        final Life in;
        final CompletableFuture<Integer> number = new CompletableFuture<>();

        Made(Life in) {
            this.in = in;
        }
    }
}
