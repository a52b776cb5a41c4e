package io.econtext.broker;

import io.econtext.Call;
import io.econtext.CallTimeoutException;
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
import io.econtext.call.EncodedCall;
import io.econtext.call.Functions;
import io.econtext.call.Target;
import io.econtext.channel.ReceiverEnd;
import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Makes calls in one context, with one default for their deadline.
 *
 * <p>Everything is resolved, checked and encoded on the caller's thread before anything is sent; the result is decoded
 * there, too, or by the broker's executor where nobody waits. Safe for use by any thread.
 */
final class Caller {
    static final String INTERRUPTED = "interrupted while waiting for %s in %s; the call was told to stop";
    static final String NO_SENDER =
            "%s doesn't take a Sender<…> as its last parameter; what a lambda's takes is not known, "
                    + "so write Class::method";

    private final ControlledContext context;
    private final Broker broker;
    private final Duration timeout;

    Caller(ControlledContext context, Duration timeout) {
        this.context = context;
        this.broker = context.broker;
        this.timeout = timeout;
    }

    @SuppressWarnings("unchecked")
    <R, X extends Exception> R invoke(Call<R, X> call) throws X {
        return (R) await(encode(call), limit(call), call.isIdempotent());
    }

    @SuppressWarnings("unchecked")
    <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        return (CompletableFuture<R>) async(encode(call), limit(call), null);
    }

    void post(Call<?, ?> call) {
        EncodedCall encoded = encode(call);
        Attempt attempt = new Attempt(context, encoded, limit(call), null);
        try {
            attempt.post();
        } catch (InterruptedException e) {
            throw interrupted(encoded.target, e);
        }
    }

    private Duration limit(Call<?, ?> call) {
        return call.timeout() == null ? timeout : call.timeout();
    }

    private EncodedCall encode(Call<?, ?> call) {
        Functions.Resolved resolved = Functions.resolve(call);
        return broker.encoder.encode(resolved.target, 0, join(resolved.captured, call.arguments()), null);
    }

    private static Object[] join(Object[] captured, Object[] arguments) {
        Object[] all = new Object[captured.length + arguments.length];
        System.arraycopy(captured, 0, all, 0, captured.length);
        System.arraycopy(arguments, 0, all, captured.length, arguments.length);
        return all;
    }

    /** Calls and waits; what never left is tried once more, as is everything else of a call that may run twice. */
    Object await(EncodedCall encoded, Duration limit, boolean idempotent) {
        return await(encoded, limit, idempotent, null);
    }

    /** Calls and waits, once, in a session that the call means something in. */
    Object await(EncodedCall encoded, Duration limit, Session only) {
        return await(encoded, limit, false, only);
    }

    private Object await(EncodedCall encoded, Duration limit, boolean idempotent, Session only) {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            return attempt(encoded, limit, idempotent, only);
        } catch (InterruptedException e) {
            failure = interrupted(encoded.target, e);
        } catch (Throwable e) {
            failure = e;
        } finally {
            broker.called(context, encoded.target, System.nanoTime() - start, failure);
        }
        throw Broker.<RuntimeException>sneaky(failure);
    }

    private Object attempt(EncodedCall encoded, Duration limit, boolean idempotent, Session only) throws Throwable {
        long start = System.nanoTime();
        try {
            return new Attempt(context, encoded, limit, only).await();
        } catch (ContextLostException e) {
            if (only != null || !idempotent && e.delivery() != Delivery.NOT_SENT) {
                throw e;
            }
        }
        return new Attempt(context, encoded, limit.minusNanos(System.nanoTime() - start), null).await();
    }

    CompletableFuture<Object> async(EncodedCall encoded, Duration limit, Session only) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        start(future, encoded, limit, only);
        return future;
    }

    private Attempt start(CompletableFuture<Object> future, EncodedCall encoded, Duration limit, Session only) {
        long start = System.nanoTime();
        future.whenComplete(
                (result, failure) -> broker.called(context, encoded.target, System.nanoTime() - start, failure));
        Attempt attempt = new Attempt(context, encoded, limit, only);
        attempt.async(future);
        return attempt;
    }

    private CancellationException interrupted(Target target, InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled =
                new CancellationException(INTERRUPTED.formatted(target.describe(), context.name()));
        cancelled.initCause(cause);
        return cancelled;
    }

    <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor) {
        if (!type.isInterface()) {
            throw new NotPortableException(type.getName() + " is no interface, so it can't have a stand-in");
        }
        Functions.Resolved resolved = Functions.resolve(Call.of(constructor));
        if (resolved.target.kind != Target.NEW || resolved.captured.length > 0) {
            throw new NotPortableException("a proxy needs a constructor reference, such as LinuxHostFacts::new");
        }
        RemoteObject object = new RemoteObject(this, context, resolved.target.keep(), new Object[0]);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, object));
    }

    RemoteObject keep(Target constructor, Object[] arguments) {
        return new RemoteObject(this, context, constructor, arguments);
    }

    Duration timeout() {
        return timeout;
    }

    /** The session that calls go to now; it may still be booting. */
    Session session(Target target, Duration limit) {
        try {
            return context.usable(System.nanoTime() + limit.toNanos(), target.describe());
        } catch (InterruptedException e) {
            throw interrupted(target, e);
        }
    }

    ExecResult exec(ExecCommand command) {
        try {
            return (ExecResult) await(encode(Call.of(Exec::capture, command)), timeout, false);
        } catch (RemoteCallException e) {
            if (e.remoteType().equals(ExecException.class.getName())) {
                throw new ExecException(e.remoteMessage(), ExecException.NOT_STARTED, e);
            }
            throw e;
        }
    }

    <T> Channel<T> open(Serializable source, Object[] arguments) {
        Functions.Resolved resolved = Functions.resolve(Call.ofSource(source, arguments));
        Target target = resolved.target;
        Type last = target.parameters.isEmpty() ? null : target.parameters.get(target.parameters.size() - 1);
        if (!(last instanceof ParameterizedType sender) || sender.getRawType() != Sender.class) {
            throw new NotPortableException(NO_SENDER.formatted(target.describe()));
        }
        Type item = sender.getActualTypeArguments()[0];
        broker.values.checkPortable(item);
        Session session = session(target, timeout);
        CompletableFuture<Object> call = new CompletableFuture<>();
        ReceiverEnd<T> receiver =
                new ReceiverEnd<>(broker.router, broker.channelCodec, item, session.id(), () -> call.cancel(true));
        EncodedCall encoded;
        try {
            encoded = broker.encoder.encode(target, 0, join(resolved.captured, arguments), receiver.reference());
        } catch (NotPortableException e) {
            receiver.close();
            throw e;
        }
        Attempt attempt = start(call, encoded, Attempt.ENDLESS, session);
        call.whenComplete((result, failure) -> receiver.sourceEnded(failure, attempt.streamEnds()));
        return receiver;
    }

    long ping() {
        Call<Void, RuntimeException> call = Call.running((Proc0<RuntimeException>) Exec::nothing);
        EncodedCall encoded = encode(call);
        long start = System.nanoTime();
        await(encoded, timeout, true);
        return System.nanoTime() - start;
    }

    static CallTimeoutException timedOut(ControlledContext context, Target target, Duration limit, Delivery delivery) {
        return new CallTimeoutException(
                target.describe() + " in " + context.name() + " did not answer within " + Broker.text(limit)
                        + (delivery == Delivery.NOT_SENT ? "; it was not sent" : "; it was told to stop"),
                delivery);
    }
}
