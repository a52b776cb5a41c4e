package io.econtext.broker;

import java.lang.reflect.Type;
import java.util.List;

/**
 * What a call calls: a method or constructor, found and described on this side.
 *
 * @param kind one of the constants below, as on the wire
 * @param loader the application class loader that knows the class
 * @param className the binary name of the class that has it
 * @param method its name; of no meaning for constructors
 * @param descriptor its JVM descriptor
 * @param parameters the declared types of all arguments, the receiver first where {@code kind} is {@link #VIRTUAL}
 * @param result the declared type of the result
 * @param exceptions what it declares to throw
 */
record Target(
        int kind,
        ClassLoader loader,
        String className,
        String method,
        String descriptor,
        List<Type> parameters,
        Type result,
        List<Class<?>> exceptions) {
    static final int STATIC = 0;
    static final int VIRTUAL = 1;
    static final int NEW = 2;
    static final int KEEP = 3;
    static final int KEPT = 4;
    static final int RELEASE = 5;

    /** The target as people write it: {@code Disk#usage}. */
    String describe() {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return simple + "#" + (kind == NEW || kind == KEEP ? "new" : method);
    }

    /** The end of the object that this constructor made. */
    Target release() {
        return new Target(RELEASE, loader, className, method, descriptor, List.of(), void.class, List.of());
    }

    /** This constructor, whose object is to be kept. */
    Target keep() {
        return new Target(KEEP, loader, className, method, descriptor, parameters, int.class, exceptions);
    }
}
