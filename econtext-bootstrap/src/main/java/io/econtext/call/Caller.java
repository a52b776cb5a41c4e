package io.econtext.call;

import io.econtext.Call;
import io.econtext.Channel;
import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.Exec;
import io.econtext.ExecCommand;
import io.econtext.ExecException;
import io.econtext.ExecResult;
import io.econtext.Fn0;
import io.econtext.NotPortableException;
import io.econtext.Proc0;
import io.econtext.RemoteCallException;
import io.econtext.Sender;
import io.econtext.channel.ReceiverEnd;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Makes calls in one context, with one default for their deadline.
 *
 * <p>Everything is resolved, checked and encoded on the caller's thread before anything is sent; the result is decoded
 * there, too, or on a thread of this side where nobody waits. Safe for use by any thread.
 */
public final class Caller {
    static final String NO_SENDER =
            " doesn't take a Sender<…> as its last parameter; what a lambda's takes is not known, "
                    + "so write Class::method";

    final Origin origin;
    final Callee callee;
    private final Duration timeout;

    public Caller(Origin origin, Callee callee, Duration timeout) {
        this.origin = origin;
        this.callee = callee;
        this.timeout = timeout;
    }

    /** The same context with another deadline. */
    Caller withTimeout(Duration other) {
        return new Caller(origin, callee, other);
    }

    @SuppressWarnings("unchecked")
    <R, X extends Exception> R invoke(Call<R, X> call) throws X {
        return (R) await(encode(call), limit(call), call.isIdempotent());
    }

    @SuppressWarnings("unchecked")
    <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        return (CompletableFuture<R>) async(encode(call), limit(call), call.isIdempotent());
    }

    /**
     * For a step of our own: once, and in that life only, as nothing is connected again for it; completed by a thread that
     * no user can hold up.
     */
    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> invokeAsync(Call<R, ?> call, Life only) {
        EncodedCall encoded = encode(call);
        CompletableFuture<Object> outcome = told(encoded);
        new Attempt(origin, callee, encoded, limit(call), only, origin.threads::execute).async(outcome);
        return (CompletableFuture<R>) outcome;
    }

    void post(Call<?, ?> call) {
        EncodedCall encoded = encode(call);
        Deadline deadline = limit(call);
        try {
            try {
                attempt(encoded, deadline).post();
            } catch (ContextLostException e) {
                if (!isRepeated(e, call.isIdempotent(), deadline)) {
                    throw e;
                }
                attempt(encoded, deadline).post();
            }
        } catch (InterruptedException e) {
            throw interrupted(encoded.target, e);
        }
    }

    Deadline limit(Call<?, ?> call) {
        return new Deadline(call.timeout() == null ? timeout : call.timeout());
    }

    EncodedCall encode(Call<?, ?> call) {
        Functions.Resolved resolved = Functions.resolve(call, origin.bodies);
        return origin.encoder.encode(resolved.target, 0, join(resolved.captured, call.arguments()), null);
    }

    private static Object[] join(Object[] captured, Object[] arguments) {
        Object[] all = Arrays.copyOf(captured, captured.length + arguments.length, Object[].class);
        System.arraycopy(arguments, 0, all, captured.length, arguments.length);
        return all;
    }

    private Attempt attempt(EncodedCall encoded, Deadline deadline) {
        return new Attempt(origin, callee, encoded, deadline, null);
    }

    /** Calls and waits, once, in a life that the call means something in. */
    Object await(EncodedCall encoded, Deadline deadline, Life only) {
        return await(encoded, deadline, false, only);
    }

    private Object await(EncodedCall encoded, Deadline deadline, boolean idempotent) {
        return await(encoded, deadline, idempotent, null);
    }

    private Object await(EncodedCall encoded, Deadline deadline, boolean idempotent, Life only) {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            return only == null
                    ? awaitOnceOrTwice(encoded, deadline, idempotent)
                    : new Attempt(origin, callee, encoded, deadline, only).await();
        } catch (InterruptedException e) {
            failure = interrupted(encoded.target, e);
        } catch (Throwable e) {
            failure = e;
        } finally {
            callee.called(encoded.target, System.nanoTime() - start, failure);
        }
        throw Caller.<RuntimeException>sneaky(failure);
    }

    private Object awaitOnceOrTwice(EncodedCall encoded, Deadline deadline, boolean idempotent) throws Throwable {
        try {
            return attempt(encoded, deadline).await();
        } catch (ContextLostException e) {
            if (!isRepeated(e, idempotent, deadline)) {
                throw e;
            }
        }
        return attempt(encoded, deadline).await();
    }

    /** What never left is tried once more, as is everything else of a call that may run twice. */
    private static boolean isRepeated(Throwable failure, boolean idempotent, Deadline deadline) {
        return failure instanceof ContextLostException
                && (idempotent || ((ContextLostException) failure).delivery() == Delivery.NOT_SENT)
                && deadline.left() > 0;
    }

    /** Throws anything as what the caller declares; a call's failure is what its function declares, or unchecked. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    /** Calls once, in a life that the call means something in. */
    CompletableFuture<Object> async(EncodedCall encoded, Deadline deadline, Life only) {
        CompletableFuture<Object> outcome = told(encoded);
        new Attempt(origin, callee, encoded, deadline, only).async(outcome);
        return outcome;
    }

    private CompletableFuture<Object> async(EncodedCall encoded, Deadline deadline, boolean idempotent) {
        CompletableFuture<Object> outcome = told(encoded);
        CompletableFuture<Object> first = new CompletableFuture<>();
        first.whenComplete((result, failure) -> {
            if (isRepeated(failure, idempotent, deadline)) {
                attempt(encoded, deadline).async(outcome);
            } else if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        outcome.whenComplete((result, failure) -> first.cancel(true));
        attempt(encoded, deadline).async(first);
        return outcome;
    }

    /** A future whose outcome is told. */
    CompletableFuture<Object> told(EncodedCall encoded) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        tell(encoded.target, outcome);
        return outcome;
    }

    private void tell(Target target, CompletableFuture<Object> outcome) {
        long start = System.nanoTime();
        outcome.whenComplete((result, failure) -> callee.called(target, System.nanoTime() - start, failure));
    }

    CancellationException interrupted(Target target, InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while waiting for " + target.describe()
                + " in " + callee.name() + "; the call was told to stop");
        cancelled.initCause(cause);
        return cancelled;
    }

    <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor) {
        if (!type.isInterface()) {
            throw new NotPortableException(type.getName() + " is no interface, so it can't have a stand-in");
        }
        Functions.Resolved resolved = Functions.resolve(Call.of(constructor), origin.bodies);
        if (resolved.target.kind != Target.NEW || resolved.captured.length > 0) {
            throw new NotPortableException("a proxy needs a constructor reference, such as LinuxHostFacts::new");
        }
        RemoteObject object = new RemoteObject(this, resolved.target.keep(), new Object[0]);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, object));
    }

    /** An object to be made there by a constructor. */
    public RemoteObject keep(Constructor<?> constructor, Object... arguments) {
        return new RemoteObject(this, Functions.keep(constructor), arguments);
    }

    Duration timeout() {
        return timeout;
    }

    /** The life that calls go to now; it may still be booting. */
    Life life(Target target, Deadline deadline) {
        try {
            return callee.usable(deadline.at, target.describe());
        } catch (InterruptedException e) {
            throw interrupted(target, e);
        }
    }

    ExecResult exec(ExecCommand command) {
        try {
            return (ExecResult) await(encode(Call.of(Exec::capture, command)), new Deadline(timeout), false);
        } catch (RemoteCallException e) {
            if (e.remoteType().equals(ExecException.class.getName())) {
                throw new ExecException(e.remoteMessage(), ExecException.NOT_STARTED, e);
            }
            throw e;
        }
    }

    <T> Channel<T> open(Serializable source, Object[] arguments) {
        Functions.Resolved resolved = Functions.resolve(Call.ofSource(source, arguments), origin.bodies);
        Target target = resolved.target;
        Type item = item(target);
        origin.values.checkPortable(item);
        Life life = life(target, new Deadline(timeout));
        CompletableFuture<Object> call = new CompletableFuture<>();
        ReceiverEnd<T> receiver =
                new ReceiverEnd<>(origin.router, origin.values, item, life.id(), () -> call.cancel(true));
        EncodedCall encoded;
        try {
            encoded = origin.encoder.encode(target, 0, join(resolved.captured, arguments), receiver.reference());
        } catch (NotPortableException e) {
            receiver.close();
            throw e;
        }
        tell(target, call);
        Attempt attempt = new Attempt(origin, callee, encoded, Deadline.none(), life);
        attempt.async(call);
        call.whenComplete((result, failure) -> receiver.sourceEnded(failure, attempt.streamEnds()));
        return receiver;
    }

    /** What the sender carries that a source takes. */
    private static Type item(Target target) {
        List<Type> types = target.parameters;
        Type last = types.isEmpty() ? null : types.get(types.size() - 1);
        if (last instanceof ParameterizedType && ((ParameterizedType) last).getRawType() == Sender.class) {
            return ((ParameterizedType) last).getActualTypeArguments()[0];
        }
        throw new NotPortableException(target.describe() + NO_SENDER);
    }

    long ping() {
        Call<Void, RuntimeException> call = Call.running((Proc0<RuntimeException>) Exec::nothing);
        EncodedCall encoded = encode(call);
        long start = System.nanoTime();
        await(encoded, new Deadline(timeout), true);
        return System.nanoTime() - start;
    }
}
