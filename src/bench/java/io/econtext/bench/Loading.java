package io.econtext.bench;

/** Runs in contexts: loads classes whose names nobody can foresee. Stateless. */
public final class Loading {
    private Loading() {}

    static int load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                .getName()
                .length();
    }
}
