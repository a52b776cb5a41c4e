package io.econtext.broker;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** Writes types as generic signatures of the JVM (Java Virtual Machine Specification, 4.7.9.1). Stateless. */
final class Signature {
    private Signature() {}

    /** The signature, or nothing where a descriptor says as much. */
    static String of(Type type) {
        return type instanceof Class ? "" : append(new StringBuilder(), type).toString();
    }

    private static StringBuilder append(StringBuilder text, Type type) {
        if (type instanceof Class<?> c) {
            return text.append(c.descriptorString());
        } else if (type instanceof GenericArrayType array) {
            return append(text.append('['), array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            return append(text, wildcard.getUpperBounds()[0]);
        } else if (type instanceof TypeVariable<?> variable) {
            return append(text, variable.getBounds()[0]);
        }
        ParameterizedType parameterized = (ParameterizedType) type;
        String raw = ((Class<?>) parameterized.getRawType()).descriptorString();
        text.append(raw, 0, raw.length() - 1).append('<');
        for (Type argument : parameterized.getActualTypeArguments()) {
            append(text, argument);
        }
        return text.append(">;");
    }
}
