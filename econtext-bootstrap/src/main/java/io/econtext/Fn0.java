package io.econtext;

import java.io.Serializable;

/**
 * A function of no arguments that can be called in a remote context: a method reference or a lambda.
 *
 * @param <R> what it returns
 * @param <X> the checked exception it declares; inferred as {@link RuntimeException} where there is none
 */
@FunctionalInterface
public interface Fn0<R, X extends Exception> extends Serializable {
    R apply() throws X;
}
