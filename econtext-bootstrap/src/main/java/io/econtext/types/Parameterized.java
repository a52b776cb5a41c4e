package io.econtext.types;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * A class with the arguments of its type parameters.
 *
 * <p>Immutable.
 */
public final class Parameterized implements ParameterizedType {
    private final Class<?> raw;
    private final Type[] arguments;

    public Parameterized(Class<?> raw, Type... arguments) {
        this.raw = raw;
        this.arguments = arguments.clone();
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.clone();
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public Type getOwnerType() {
        return raw.getDeclaringClass();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterizedType
                && raw == ((ParameterizedType) other).getRawType()
                && Arrays.equals(arguments, ((ParameterizedType) other).getActualTypeArguments());
    }

    @Override
    public int hashCode() {
        return raw.hashCode() ^ Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(raw.getName()).append('<');
        for (int i = 0; i < arguments.length; i++) {
            text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
        }
        return text.append('>').toString();
    }
}
