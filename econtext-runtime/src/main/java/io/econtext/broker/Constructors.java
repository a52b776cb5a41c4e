package io.econtext.broker;

import io.econtext.NotPortableException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;

/** Finds constructors. Stateless. */
final class Constructors {
    private Constructors() {}

    /**
     * The one that takes the arguments.
     *
     * @throws NotPortableException if there is none, or several
     */
    static Constructor<?> fitting(Class<?> type, Object... arguments) {
        List<Constructor<?>> fitting = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> takes(constructor, arguments))
                .toList();
        if (fitting.size() != 1) {
            throw new NotPortableException(type.getName() + ": " + fitting.size() + " constructors take these "
                    + arguments.length + " arguments; exactly one must");
        }
        return fitting.get(0);
    }

    private static boolean takes(Constructor<?> constructor, Object[] arguments) {
        Class<?>[] types = constructor.getParameterTypes();
        boolean fits = types.length == arguments.length;
        for (int i = 0; fits && i < types.length; i++) {
            Class<?> boxed = MethodType.methodType(types[i]).wrap().returnType();
            fits = arguments[i] == null ? !types[i].isPrimitive() : boxed.isInstance(arguments[i]);
        }
        return fits;
    }
}
