package io.econtext.types;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;

/**
 * An array whose elements have type arguments.
 *
 * <p>Immutable.
 */
final class GenericArray implements GenericArrayType {
    private final Type component;

    GenericArray(Type component) {
        this.component = component;
    }

    @Override
    public Type getGenericComponentType() {
        return component;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GenericArrayType
                && component.equals(((GenericArrayType) other).getGenericComponentType());
    }

    @Override
    public int hashCode() {
        return component.hashCode();
    }

    @Override
    public String toString() {
        return component.getTypeName() + "[]";
    }
}
