package io.econtext;

import java.io.Serializable;

/**
 * A function of two arguments and without a result that can be run in a remote context.
 *
 * @param <X> the checked exception it declares; inferred as {@link RuntimeException} where there is none
 */
@FunctionalInterface
public interface Proc2<A, B, X extends Exception> extends Serializable {
    void apply(A a, B b) throws X;
}
