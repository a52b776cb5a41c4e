package io.econtext;

import java.util.concurrent.CompletableFuture;

/** What makes calls, in whatever style: a context, or a chain of calls in one. */
public interface Invoker {

    /** Calls and waits for the result. An interrupt of the waiting thread cancels the call. */
    <R, X extends Exception> R invoke(Call<R, X> call) throws X;

    /**
     * Calls without waiting; cancelling the future interrupts the call. The future completes on one of a few threads of
     * the broker: what depends on it and blocks belongs on an executor of yours ({@code thenApplyAsync}).
     */
    <R> CompletableFuture<R> invokeAsync(Call<R, ?> call);

    /**
     * Calls without an answer. In a context it returns when the message is on its way, and what the call throws is logged
     * there; in a chain it returns at once, and a failure is told by the calls behind it.
     */
    void post(Call<?, ?> call);

    default <R, X extends Exception> R call(Fn0<R, X> function) throws X {
        return invoke(Call.of(function));
    }

    default <A, R, X extends Exception> R call(Fn1<A, R, X> function, A a) throws X {
        return invoke(Call.of(function, a));
    }

    default <A, B, R, X extends Exception> R call(Fn2<A, B, R, X> function, A a, B b) throws X {
        return invoke(Call.of(function, a, b));
    }

    default <A, B, C, R, X extends Exception> R call(Fn3<A, B, C, R, X> function, A a, B b, C c) throws X {
        return invoke(Call.of(function, a, b, c));
    }

    default <A, B, C, D, R, X extends Exception> R call(Fn4<A, B, C, D, R, X> function, A a, B b, C c, D d) throws X {
        return invoke(Call.of(function, a, b, c, d));
    }

    default <R, X extends Exception> CompletableFuture<R> callAsync(Fn0<R, X> function) {
        return invokeAsync(Call.of(function));
    }

    default <A, R, X extends Exception> CompletableFuture<R> callAsync(Fn1<A, R, X> function, A a) {
        return invokeAsync(Call.of(function, a));
    }

    default <A, B, R, X extends Exception> CompletableFuture<R> callAsync(Fn2<A, B, R, X> function, A a, B b) {
        return invokeAsync(Call.of(function, a, b));
    }

    default <A, B, C, R, X extends Exception> CompletableFuture<R> callAsync(
            Fn3<A, B, C, R, X> function, A a, B b, C c) {
        return invokeAsync(Call.of(function, a, b, c));
    }

    default <A, B, C, D, R, X extends Exception> CompletableFuture<R> callAsync(
            Fn4<A, B, C, D, R, X> function, A a, B b, C c, D d) {
        return invokeAsync(Call.of(function, a, b, c, d));
    }

    default <X extends Exception> void run(Proc0<X> procedure) throws X {
        invoke(Call.running(procedure));
    }

    default <A, X extends Exception> void run(Proc1<A, X> procedure, A a) throws X {
        invoke(Call.running(procedure, a));
    }

    default <A, B, X extends Exception> void run(Proc2<A, B, X> procedure, A a, B b) throws X {
        invoke(Call.running(procedure, a, b));
    }

    default <A, B, C, X extends Exception> void run(Proc3<A, B, C, X> procedure, A a, B b, C c) throws X {
        invoke(Call.running(procedure, a, b, c));
    }

    default <A, B, C, D, X extends Exception> void run(Proc4<A, B, C, D, X> procedure, A a, B b, C c, D d) throws X {
        invoke(Call.running(procedure, a, b, c, d));
    }

    default <X extends Exception> CompletableFuture<Void> runAsync(Proc0<X> procedure) {
        return invokeAsync(Call.running(procedure));
    }

    default <A, X extends Exception> CompletableFuture<Void> runAsync(Proc1<A, X> procedure, A a) {
        return invokeAsync(Call.running(procedure, a));
    }

    default <A, B, X extends Exception> CompletableFuture<Void> runAsync(Proc2<A, B, X> procedure, A a, B b) {
        return invokeAsync(Call.running(procedure, a, b));
    }

    default <A, B, C, X extends Exception> CompletableFuture<Void> runAsync(
            Proc3<A, B, C, X> procedure, A a, B b, C c) {
        return invokeAsync(Call.running(procedure, a, b, c));
    }

    default <A, B, C, D, X extends Exception> CompletableFuture<Void> runAsync(
            Proc4<A, B, C, D, X> procedure, A a, B b, C c, D d) {
        return invokeAsync(Call.running(procedure, a, b, c, d));
    }
}
