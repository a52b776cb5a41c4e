package io.econtext.call;

import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.Channel;
import io.econtext.ExecCommand;
import io.econtext.ExecResult;
import io.econtext.Fn0;
import io.econtext.RemoteContext;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What contexts have in common wherever they are called from: their calls. Safe for use by any thread. */
public abstract class CalledContext implements RemoteContext {

    /** Makes the calls. */
    protected abstract Caller caller();

    @Override
    public RemoteContext withTimeout(Duration timeout) {
        return new TimedContext(this, caller().withTimeout(timeout));
    }

    @Override
    public final <R, X extends Exception> R invoke(Call<R, X> call) throws X {
        return caller().invoke(call);
    }

    @Override
    public final <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        return caller().invokeAsync(call);
    }

    @Override
    public final void post(Call<?, ?> call) {
        caller().post(call);
    }

    @Override
    public final CallChain chain() {
        return new Chain(caller());
    }

    @Override
    public final <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor) {
        return caller().proxy(type, constructor);
    }

    @Override
    public final void release(Object proxy) {
        RemoteObject.of(proxy).close();
    }

    @Override
    public final ExecResult exec(ExecCommand command) {
        return caller().exec(command);
    }

    @Override
    public final <T> Channel<T> openChannel(Serializable source, Object... arguments) {
        return caller().open(source, arguments);
    }

    @Override
    public final long ping() {
        return caller().ping();
    }
}
