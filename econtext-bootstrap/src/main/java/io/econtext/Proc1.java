package io.econtext;

import java.io.Serializable;

/**
 * A function of one argument and without a result that can be run in a remote context.
 *
 * @param <X> the checked exception it declares; inferred as {@link RuntimeException} where there is none
 */
@FunctionalInterface
public interface Proc1<A, X extends Exception> extends Serializable {
    void apply(A a) throws X;
}
