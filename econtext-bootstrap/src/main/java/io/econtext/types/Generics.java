package io.econtext.types;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/**
 * Arithmetic with generic types.
 *
 * <p>Stateless.
 */
public final class Generics {
    private Generics() {}

    public static Class<?> raw(Type type) {
        if (type instanceof Class) {
            return (Class<?>) type;
        }
        if (type instanceof ParameterizedType) {
            return (Class<?>) ((ParameterizedType) type).getRawType();
        }
        if (type instanceof GenericArrayType) {
            return arrayOf(raw(((GenericArrayType) type).getGenericComponentType()));
        }
        return raw(bound(type));
    }

    /** The type itself, or what a wildcard or variable is at least. */
    public static Type plain(Type type) {
        Type plain = type;
        while (plain instanceof WildcardType || plain instanceof TypeVariable) {
            plain = bound(plain);
        }
        return plain;
    }

    /** What the parameter of a supertype is in this type: {@code String} for {@code ArrayList<String>} as a Collection. */
    public static Type argument(Type type, Class<?> supertype, int index) {
        Type as = as(type, supertype);
        return as instanceof ParameterizedType
                ? plain(((ParameterizedType) as).getActualTypeArguments()[index])
                : Object.class;
    }

    public static Type component(Type array) {
        return array instanceof GenericArrayType
                ? plain(((GenericArrayType) array).getGenericComponentType())
                : ((Class<?>) array).getComponentType();
    }

    /** A type that stands in the class {@code context} or above it, with the variables filled in from there. */
    public static Type resolve(Type type, Type context) {
        if (type instanceof TypeVariable) {
            return variable((TypeVariable<?>) type, context);
        }
        if (type instanceof ParameterizedType) {
            Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = resolve(arguments[i], context);
            }
            return new Parameterized(raw(type), arguments);
        }
        if (type instanceof GenericArrayType) {
            Type component = resolve(((GenericArrayType) type).getGenericComponentType(), context);
            return component instanceof Class ? arrayOf((Class<?>) component) : new GenericArray(component);
        }
        return type instanceof WildcardType ? resolve(bound(type), context) : type;
    }

    /** The type of a subclass that a declared supertype implies: {@code Circle<Long>} for {@code Shape<Long>}. */
    public static Type narrow(Type supertype, Class<?> subclass) {
        Type[] variables = subclass.getTypeParameters();
        if (variables.length == 0 || !(supertype instanceof ParameterizedType)) {
            return subclass;
        }
        Type[] given = ((ParameterizedType) supertype).getActualTypeArguments();
        Type as = as(new Parameterized(subclass, variables), raw(supertype));
        Type[] asked = ((ParameterizedType) as).getActualTypeArguments();
        Type[] arguments = new Type[variables.length];
        for (int i = 0; i < variables.length; i++) {
            arguments[i] = plain(raw(variables[i]));
            for (int j = 0; j < asked.length; j++) {
                if (asked[j].equals(variables[i])) {
                    arguments[i] = plain(given[j]);
                }
            }
        }
        return new Parameterized(subclass, arguments);
    }

    static Class<?> arrayOf(Class<?> component) {
        return Array.newInstance(component, 0).getClass();
    }

    private static Type variable(TypeVariable<?> variable, Type context) {
        if (variable.getGenericDeclaration() instanceof Class) {
            Class<?> owner = (Class<?>) variable.getGenericDeclaration();
            Type as = owner.isAssignableFrom(raw(context)) ? as(context, owner) : null;
            if (as instanceof ParameterizedType) {
                TypeVariable<?>[] variables = owner.getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    if (variables[i].equals(variable)) {
                        return ((ParameterizedType) as).getActualTypeArguments()[i];
                    }
                }
            }
        }
        return raw(variable);
    }

    private static Type as(Type type, Class<?> supertype) {
        Class<?> raw = raw(type);
        if (raw == supertype) {
            return type;
        }
        if (raw.getSuperclass() != null && supertype.isAssignableFrom(raw.getSuperclass())) {
            return as(resolve(raw.getGenericSuperclass(), type), supertype);
        }
        Type[] interfaces = raw.getGenericInterfaces();
        for (int i = 0; i < interfaces.length; i++) {
            if (supertype.isAssignableFrom(raw(interfaces[i]))) {
                return as(resolve(interfaces[i], type), supertype);
            }
        }
        return supertype;
    }

    private static Type bound(Type type) {
        return type instanceof WildcardType
                ? ((WildcardType) type).getUpperBounds()[0]
                : ((TypeVariable<?>) type).getBounds()[0];
    }
}
