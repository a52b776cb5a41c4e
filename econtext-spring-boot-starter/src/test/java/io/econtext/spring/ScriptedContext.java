package io.econtext.spring;

import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.Channel;
import io.econtext.ChannelClosedException;
import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.ContextState;
import io.econtext.Exec;
import io.econtext.ExecCommand;
import io.econtext.ExecException;
import io.econtext.ExecOutput;
import io.econtext.ExecResult;
import io.econtext.Fn0;
import io.econtext.RemoteCallException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.Way;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context that answers as the test says, in the calling thread. For one thread. */
public final class ScriptedContext implements RemoteContext {
    private String name;
    private @Nullable RemoteContext via;
    private ContextState state = ContextState.NEW;
    private @Nullable ConnectFailedException connectFailure;
    private Function<Call<?, ?>, @Nullable Object> calls = call -> {
        throw new IllegalStateException("no call was expected");
    };
    private Iterator<String> streaming = Collections.emptyIterator();
    private @Nullable ChannelClosedException channelFailure;

    public final List<Call<?, ?>> invoked = new ArrayList<>();
    public final List<Object> opened = new ArrayList<>();

    public ScriptedContext(String name) {
        this.name = name;
    }

    /** Started by another one, whose name precedes its own. */
    public ScriptedContext via(RemoteContext parent) {
        via = parent;
        name = parent.name() + "/" + name;
        return this;
    }

    public ScriptedContext in(ContextState newState) {
        state = newState;
        return this;
    }

    public ScriptedContext refusing(ConnectFailedException failure) {
        connectFailure = failure;
        return this;
    }

    public ScriptedContext answering(Function<Call<?, ?>, @Nullable Object> answers) {
        calls = answers;
        return this;
    }

    public ScriptedContext failingChannels(ChannelClosedException failure) {
        channelFailure = failure;
        return this;
    }

    public ScriptedContext streaming(String... items) {
        streaming = List.of(items).iterator();
        return this;
    }

    /** What is left of the lines to stream. */
    public List<String> unread() {
        List<String> left = new ArrayList<>();
        streaming.forEachRemaining(left::add);
        return left;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return 7;
    }

    @Override
    public String address() {
        return "ssh://deploy@" + name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public ContextState state() {
        return state;
    }

    @Override
    public @Nullable ContextInfo info() {
        return state == ContextState.CONNECTED
                ? new ContextInfo(17, "17.0.15", "Linux", "amd64", "deploy", 4711, false)
                : null;
    }

    @Override
    public RemoteContext connect() {
        if (connectFailure != null) {
            throw connectFailure;
        }
        state = ContextState.CONNECTED;
        return this;
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync() {
        try {
            return CompletableFuture.completedFuture(connect());
        } catch (ConnectFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public @Nullable RemoteContext via() {
        return via;
    }

    @Override
    public RemoteContext define(Way child) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RemoteContext connect(Way child) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<RemoteContext> connectAsync(Way child) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RemoteContext withTimeout(Duration timeout) {
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R, X extends Exception> R invoke(Call<R, X> call) {
        connect();
        invoked.add(call);
        return (R) calls.apply(call);
    }

    @Override
    public <R> CompletableFuture<R> invokeAsync(Call<R, ?> call) {
        try {
            return CompletableFuture.completedFuture(invoke(call));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void post(Call<?, ?> call) {
        invoke(call);
    }

    @Override
    public CallChain chain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Object proxy) {}

    @Override
    public ExecResult exec(ExecCommand command) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Channel<T> openChannel(Serializable source, Object... arguments) {
        connect();
        opened.addAll(List.of(arguments));
        return (Channel<T>)
                (arguments[0] instanceof ExecCommand command
                        ? outputOf(command)
                        : new ListChannel<>(streaming, channelFailure));
    }

    @Override
    public long ping() {
        connect();
        return 250_000;
    }

    @Override
    public void close() {
        state = ContextState.CLOSED;
    }

    /** Runs the program here. */
    private static Channel<ExecOutput> outputOf(ExecCommand command) {
        List<ExecOutput> output = new CopyOnWriteArrayList<>();
        try {
            Exec.stream(command, new ListSender<>(output));
            return new ListChannel<>(output.iterator(), null);
        } catch (ExecException e) {
            RemoteCallException thrown = new RemoteCallException(ExecException.class.getName(), e.getMessage(), null);
            return new ListChannel<>(output.iterator(), new ChannelClosedException(thrown.getMessage(), thrown));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A channel whose other end sent a list and ended or failed. */
    private record ListChannel<T>(
            Iterator<T> items, @Nullable ChannelClosedException failure) implements Channel<T> {

        @Override
        public @Nullable T receive() {
            if (!items.hasNext() && failure != null) {
                throw failure;
            }
            return items.hasNext() ? items.next() : null;
        }

        @Override
        public @Nullable T receive(Duration timeout) {
            return receive();
        }

        @Override
        public boolean isEnded() {
            return !items.hasNext();
        }

        @Override
        public Iterator<T> iterator() {
            return items;
        }

        @Override
        public void close() {}
    }

    private record ListSender<T>(List<T> items) implements Sender<T> {
        @Override
        public void send(T item) {
            items.add(item);
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void close() {}

        @Override
        public void fail(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
