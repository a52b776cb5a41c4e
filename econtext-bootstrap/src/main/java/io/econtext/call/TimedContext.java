package io.econtext.call;

import io.econtext.ContextInfo;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Way;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A context with another deadline for its calls. Immutable. */
final class TimedContext extends CalledContext {
    final RemoteContext context;
    private final Caller caller;

    TimedContext(RemoteContext context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    @Override
    protected Caller caller() {
        return caller;
    }

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
        CompletableFuture<RemoteContext> connecting = context.connectAsync();
        CompletableFuture<RemoteContext> connected = connecting.thenApply(up -> this);
        connected.whenComplete((up, failure) -> connecting.cancel(true));
        return connected;
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
    public void close() {
        context.close();
    }

    @Override
    public String toString() {
        return context.toString();
    }
}
