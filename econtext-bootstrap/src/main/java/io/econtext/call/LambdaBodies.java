package io.econtext.call;

/** Looks into lambdas, to say why one can't travel. Safe for use by several threads. */
public interface LambdaBodies {

    /**
     * What a lambda uses of {@code this}, such as {@code its field count (int)}.
     *
     * @param className the binary name of the class that has the lambda's body
     * @return empty if that can't be found out
     */
    String usedOfThis(ClassLoader loader, String className, String method, String descriptor);
}
