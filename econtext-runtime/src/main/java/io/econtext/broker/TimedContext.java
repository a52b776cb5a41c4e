package io.econtext.broker;

import io.econtext.Call;
import io.econtext.Channel;
import io.econtext.ContextInfo;
import io.econtext.ContextState;
import io.econtext.ExecCommand;
import io.econtext.ExecResult;
import io.econtext.Fn0;
import io.econtext.RemoteContext;
import io.econtext.Way;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A context with another deadline for its calls. Immutable. */
record TimedContext(ControlledContext context, Caller caller) implements RemoteContext {
    @Override
    public String name() {
        return context.name();
    }

    @Override
    public int id() {
        return context.id();
    }

    @Override
    public String address() {
        return context.address();
    }

    @Override
    public ContextState state() {
        return context.state();
    }

    @Override
    public ContextInfo info() {
        return context.info();
    }

    @Override
    public RemoteContext connect() {
        context.connect();
        return this;
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync() {
        return context.connectAsync();
    }

    @Override
    public RemoteContext via() {
        return context.via();
    }

    @Override
    public RemoteContext define(Way child) {
        return context.define(child);
    }

    @Override
    public RemoteContext connect(Way child) {
        return context.connect(child);
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync(Way child) {
        return context.connectAsync(child);
    }

    @Override
    public RemoteContext withTimeout(Duration timeout) {
        return context.withTimeout(timeout);
    }

    @Override
    public <R, X extends Exception> R invoke(Call<R, X> call) throws X {
        return caller.invoke(call);
    }

    @Override
    public <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        return caller.invokeAsync(call);
    }

    @Override
    public void post(Call<?, ?> call) {
        caller.post(call);
    }

    @Override
    public <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor) {
        return caller.proxy(type, constructor);
    }

    @Override
    public void release(Object proxy) {
        context.release(proxy);
    }

    @Override
    public ExecResult exec(ExecCommand command) {
        return caller.exec(command);
    }

    @Override
    public <T> Channel<T> openChannel(Serializable source, Object... arguments) {
        return caller.open(source, arguments);
    }

    @Override
    public long ping() {
        return caller.ping();
    }

    @Override
    public void close() {
        context.close();
    }

    @Override
    public String toString() {
        return context.toString();
    }
}
