package io.econtext;

import java.io.Serializable;

/**
 * A function of two arguments that can be called in a remote context: a method reference or a lambda.
 *
 * @param <R> what it returns
 * @param <X> the checked exception it declares; inferred as {@link RuntimeException} where there is none
 */
@FunctionalInterface
public interface Fn2<A, B, R, X extends Exception> extends Serializable {
    R apply(A a, B b) throws X;
}
