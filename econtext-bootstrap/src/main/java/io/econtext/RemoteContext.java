package io.econtext;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A JVM under our control, somewhere else, in which the program's own methods can be called.
 *
 * <p>Calls block the calling thread unless their name ends in {@code Async}; each has a deadline. Three things
 * can go wrong, and each has a type: the called code threw ({@link RemoteCallException}, or the declared
 * exception itself), the context was lost ({@link ContextLostException}), the deadline passed
 * ({@link CallTimeoutException}). What can't travel is refused before anything is sent
 * ({@link NotPortableException}).
 *
 * <p>Safe for use by any number of threads.
 */
public interface RemoteContext extends Invoker, AutoCloseable {

    /** The name by which people, logs and configuration know this context; unique within its broker. */
    String name();

    /** The number by which messages find this context; {@code -1} until it was first connected. */
    int id();

    /** The way in, in the form of a specification such as {@code ssh://deploy@web1:22}; never with a secret. */
    String address();

    ContextState state();

    /** What the context said of itself when it came up; {@code null} until it is connected. */
    ContextInfo info();

    /** Brings the context up and waits for it; returns at once if it is up. */
    RemoteContext connect() throws ConnectFailedException;

    /** Brings the context up; cancelling the future gives up and leaves no process. */
    CompletableFuture<RemoteContext> connectAsync();

    /** The context that starts this one, or that it is reached through; {@code null} if neither. */
    RemoteContext via();

    /**
     * Makes a context known that this one starts, to be connected when it is first used. Its name is this one's, a slash
     * and the way's.
     *
     * @throws IllegalArgumentException if there is a context of that name
     */
    RemoteContext define(Way child);

    /**
     * Starts a context from this one, which is its parent then, and waits until it is up. This one is connected where that
     * is needed.
     *
     * @throws IllegalArgumentException if there is a context of that name
     */
    RemoteContext connect(Way child) throws ConnectFailedException;

    /** Starts a context from this one; cancelling the future gives up and leaves no process. */
    CompletableFuture<RemoteContext> connectAsync(Way child);

    /** This context with another deadline for its calls, which includes connecting where that is needed. */
    RemoteContext withTimeout(Duration timeout);

    /** A chain of calls in this context, with this one's deadline for each; it costs something when it is first used. */
    CallChain chain();

    /**
     * Makes an object in the context and returns its stand-in here: each call of a method of {@code type} runs
     * there. The object lives until {@link #release} or the end of the context, and is closed then if it is
     * {@link AutoCloseable}; a stand-in whose {@code type} has a {@code close()} method is released by that.
     */
    <T> T proxy(Class<T> type, Fn0<? extends T, ?> constructor);

    /** Ends the life of an object made by {@link #proxy}. */
    void release(Object proxy);

    /**
     * Runs a program there, each argument exactly as given, without a shell, and collects what it prints.
     *
     * @throws ExecException if it can't be started
     */
    default ExecResult exec(String... command) {
        return exec(ExecCommand.of(command));
    }

    /**
     * Runs a program there and collects what it prints, at most 1 MiB of each stream.
     *
     * @throws ExecException if it can't be started
     */
    ExecResult exec(ExecCommand command);

    /**
     * Starts {@code source}, a method reference, in the context with {@code arguments} and the sending end of a new
     * channel as its last parameter, and returns the receiving end. Closing the channel interrupts the source; the
     * channel ends when the source has.
     */
    <T> Channel<T> openChannel(Serializable source, Object... arguments);

    /** A round trip through the context's workers, in nanoseconds. */
    long ping();

    /** Takes no new calls, lets running ones finish within the grace, then ends the context. */
    @Override
    void close();

    default <T, X extends Exception> Channel<T> open(Proc1<Sender<T>, X> source) {
        return openChannel(source);
    }

    default <A, T, X extends Exception> Channel<T> open(Proc2<A, Sender<T>, X> source, A a) {
        return openChannel(source, a);
    }

    default <A, B, T, X extends Exception> Channel<T> open(Proc3<A, B, Sender<T>, X> source, A a, B b) {
        return openChannel(source, a, b);
    }

    default <A, B, C, T, X extends Exception> Channel<T> open(Proc4<A, B, C, Sender<T>, X> source, A a, B b, C c) {
        return openChannel(source, a, b, c);
    }
}
