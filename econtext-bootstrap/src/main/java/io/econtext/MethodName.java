package io.econtext;

import java.io.Serializable;

/** A static method by the names of its class and itself; the number of arguments must single it out. */
public final class MethodName implements Serializable {
    private static final long serialVersionUID = 1;

    private final String className;
    private final String method;

    public MethodName(String className, String method) {
        this.className = className;
        this.method = method;
    }

    public String className() {
        return className;
    }

    public String method() {
        return method;
    }

    @Override
    public String toString() {
        return className + "#" + method;
    }
}
