package io.econtext;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;

/**
 * What is to be called: a function and its arguments. One value serves every style: wait, async, one-way.
 *
 * <p>Immutable. The arguments are encoded when the call is made, on the caller's thread.
 *
 * @param <R> what it returns
 * @param <X> the checked exception it declares
 */
public final class Call<R, X extends Exception> {
    private final Serializable function;
    private final Object[] arguments;
    private final Type resultType;
    private final Duration timeout;
    private final boolean idempotent;

    private Call(Serializable function, Object... arguments) {
        this(Objects.requireNonNull(function, "function"), arguments, null, null, false);
    }

    private Call(Serializable function, Object[] arguments, Type resultType, Duration timeout, boolean idempotent) {
        this.function = function;
        this.arguments = arguments;
        this.resultType = resultType;
        this.timeout = timeout;
        this.idempotent = idempotent;
    }

    public static <R, X extends Exception> Call<R, X> of(Fn0<R, X> function) {
        return new Call<>(function);
    }

    public static <A, R, X extends Exception> Call<R, X> of(Fn1<A, R, X> function, A a) {
        return new Call<>(function, a);
    }

    public static <A, B, R, X extends Exception> Call<R, X> of(Fn2<A, B, R, X> function, A a, B b) {
        return new Call<>(function, a, b);
    }

    public static <A, B, C, R, X extends Exception> Call<R, X> of(Fn3<A, B, C, R, X> function, A a, B b, C c) {
        return new Call<>(function, a, b, c);
    }

    public static <A, B, C, D, R, X extends Exception> Call<R, X> of(
            Fn4<A, B, C, D, R, X> function, A a, B b, C c, D d) {
        return new Call<>(function, a, b, c, d);
    }

    public static <X extends Exception> Call<Void, X> running(Proc0<X> procedure) {
        return new Call<>(procedure);
    }

    public static <A, X extends Exception> Call<Void, X> running(Proc1<A, X> procedure, A a) {
        return new Call<>(procedure, a);
    }

    public static <A, B, X extends Exception> Call<Void, X> running(Proc2<A, B, X> procedure, A a, B b) {
        return new Call<>(procedure, a, b);
    }

    public static <A, B, C, X extends Exception> Call<Void, X> running(Proc3<A, B, C, X> procedure, A a, B b, C c) {
        return new Call<>(procedure, a, b, c);
    }

    public static <A, B, C, D, X extends Exception> Call<Void, X> running(
            Proc4<A, B, C, D, X> procedure, A a, B b, C c, D d) {
        return new Call<>(procedure, a, b, c, d);
    }

    /**
     * Calls a static method by name, for a class that the code need not be compiled against. The class must be on the class
     * path here, and one static method of the name take that many arguments; else the call is refused with a
     * {@link NotPortableException} before anything is sent.
     */
    public static <R> Call<R, Exception> named(
            TypeRef<R> result, String className, String method, Object... arguments) {
        return new Call<>(new MethodName(className, method), arguments.clone(), result.type(), null, false);
    }

    /** The start of a source: its arguments without the sender, which is added where it is opened. */
    public static Call<Void, Exception> ofSource(Serializable source, Object... arguments) {
        return new Call<>(source, arguments.clone());
    }

    /** Says what a lambda returns, where its container's type parameters would be lost. */
    public Call<R, X> returning(TypeRef<R> type) {
        return new Call<>(function, arguments, type.type(), timeout, idempotent);
    }

    /** Sets the deadline of this call; without it the context's own applies. */
    public Call<R, X> withTimeout(Duration limit) {
        return new Call<>(function, arguments, resultType, Objects.requireNonNull(limit), idempotent);
    }

    /** Says that running it twice does no harm, so that it may be tried again when a link was lost. */
    public Call<R, X> idempotent() {
        return new Call<>(function, arguments, resultType, timeout, true);
    }

    /** A lambda, a method reference or a {@link MethodName}. */
    public Serializable function() {
        return function;
    }

    public Object[] arguments() {
        return arguments.clone();
    }

    /** The declared result, or {@code null} where the function itself tells. */
    public Type resultType() {
        return resultType;
    }

    /** The deadline, or {@code null} for the context's own. */
    public Duration timeout() {
        return timeout;
    }

    public boolean isIdempotent() {
        return idempotent;
    }
}
