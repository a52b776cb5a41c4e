package io.econtext.call;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;

/** What a call calls: a method or constructor, found and described on this side. Immutable. */
public final class Target {
    public static final int STATIC = 0;
    public static final int VIRTUAL = 1;
    public static final int NEW = 2;
    public static final int KEEP = 3;
    public static final int KEPT = 4;
    public static final int RELEASE = 5;

    /** One of the constants above, as on the wire. */
    public final int kind;
    /** The application class loader that knows the class. */
    public final ClassLoader loader;
    /** The binary name of the class that has it. */
    public final String className;
    /** Its name; of no meaning for constructors. */
    public final String method;
    /** Its JVM descriptor. */
    public final String descriptor;
    /** The declared types of all arguments, the receiver first where {@code kind} is {@link #VIRTUAL}. */
    public final List<Type> parameters;
    /** The declared type of the result. */
    public final Type result;
    /** What it declares to throw. */
    public final List<Class<?>> exceptions;

    Target(
            int kind,
            ClassLoader loader,
            String className,
            String method,
            String descriptor,
            List<Type> parameters,
            Type result,
            List<Class<?>> exceptions) {
        this.kind = kind;
        this.loader = loader;
        this.className = className;
        this.method = method;
        this.descriptor = descriptor;
        this.parameters = parameters;
        this.result = result;
        this.exceptions = exceptions;
    }

    /** The target as people write it: {@code Disk#usage}. */
    public String describe() {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return simple + "#" + (kind == NEW || kind == KEEP ? "new" : method);
    }

    /** The end of the object that this constructor made. */
    public Target release() {
        return new Target(
                RELEASE, loader, className, method, descriptor, Collections.emptyList(), void.class, exceptions);
    }

    /** This constructor, whose object is to be kept. */
    public Target keep() {
        return new Target(KEEP, loader, className, method, descriptor, parameters, int.class, exceptions);
    }
}
