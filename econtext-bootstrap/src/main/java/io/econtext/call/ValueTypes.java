package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.types.Forms;
import io.econtext.types.Generics;
import io.econtext.types.Parameterized;
import io.econtext.types.Usual;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentMap;

/** Describes values by a type made from what they hold, where no declaration says what that is. Stateless. */
final class ValueTypes {
    static final String DECLARE = ": pass it as an argument of a method reference whose parameter declares the type";

    private static final int DEEPEST = 100;

    /** What a container is taken for whose own class can't be made; the first that fits. */
    private static final List<Class<?>> CONTAINERS = Arrays.asList(
            EnumSet.class,
            SortedSet.class,
            Set.class,
            List.class,
            Deque.class,
            Queue.class,
            Collection.class,
            SortedMap.class,
            ConcurrentMap.class,
            Map.class,
            Optional.class);

    private ValueTypes() {}

    /** Whether each says all that there is to say of its values. */
    static boolean areTold(List<Type> declared) {
        boolean told = true;
        for (Type type : declared) {
            told &= isTold(type);
        }
        return told;
    }

    private static boolean isTold(Type declared) {
        return !hasVariables(declared) && !isGeneric(declared);
    }

    static boolean isGeneric(Type type) {
        return type instanceof Class && ((Class<?>) type).getTypeParameters().length > 0 && type != Class.class;
    }

    /** Whether it is a type variable, or a wildcard that may be anything, or has such parts. */
    static boolean hasVariables(Type type) {
        if (type instanceof ParameterizedType) {
            for (Type argument : ((ParameterizedType) type).getActualTypeArguments()) {
                if (hasVariables(argument)) {
                    return true;
                }
            }
            return false;
        }
        if (type instanceof WildcardType) {
            Type bound = ((WildcardType) type).getUpperBounds()[0];
            return bound == Object.class || hasVariables(bound);
        }
        return !(type instanceof Class
                || type instanceof GenericArrayType
                        && !hasVariables(((GenericArrayType) type).getGenericComponentType()));
    }

    /** The declared type of a value, with what that doesn't say: it may have type variables, or be a raw container. */
    static Type of(Type declared, Object value) {
        boolean told = value == null || value instanceof Sender || isTold(declared);
        return told ? declared : of(declared, Collections.singleton(value), Optional.class, 0);
    }

    /** The type of a value that may be declared as anything. */
    static Type of(Object value) {
        return of(Object.class, Collections.singleton(value), Optional.class, 0);
    }

    /**
     * A type that all these values have.
     *
     * @param holder what holds them, for people
     */
    private static Type of(Type declared, Collection<?> values, Class<?> holder, int depth) {
        List<Object> given = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                given.add(value);
            }
        }
        if (depth > DEEPEST) {
            return Object.class;
        }
        Class<?> container = container(Generics.raw(declared), given);
        if (container != null) {
            return container(container, Generics.plain(declared), given, depth);
        }
        Type common = null;
        for (Object value : given) {
            Type type = single(declared, value);
            common = common == null ? type : common(common, type);
            if (common == null) {
                return different(declared, single(declared, given.get(0)), type, holder);
            }
        }
        return common == null ? Object.class : common;
    }

    /** The container that is declared, or else one that all the values are; null if there is none. */
    private static Class<?> container(Class<?> declared, List<Object> values) {
        boolean told = Iterable.class.isAssignableFrom(declared)
                || Map.class.isAssignableFrom(declared)
                || declared == Optional.class;
        if (told || values.isEmpty()) {
            return told ? declared : null;
        }
        Class<?> own = values.get(0).getClass();
        if (Forms.isJdk(own) && Usual.of(own) == own && areOf(own, values)) {
            return own;
        }
        for (Class<?> container : CONTAINERS) {
            if (areOf(container, values)) {
                return container;
            }
        }
        return null;
    }

    private static boolean areOf(Class<?> type, List<Object> values) {
        for (Object value : values) {
            if (!type.isInstance(value)) {
                return false;
            }
        }
        return true;
    }

    private static Type container(Class<?> raw, Type declared, List<Object> values, int depth) {
        boolean map = Map.class.isAssignableFrom(raw);
        Type[] arguments = declared instanceof ParameterizedType && Generics.raw(declared) == raw
                ? ((ParameterizedType) declared).getActualTypeArguments()
                : Arrays.copyOf(raw.getTypeParameters(), raw.getTypeParameters().length, Type[].class);
        if (arguments.length != (map ? 2 : 1)) {
            return declared instanceof ParameterizedType ? declared : raw;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!isTold(arguments[i])) {
                List<Object> parts = parts(values, i == 1, raw);
                if (raw == EnumMap.class && i == 0 && parts.isEmpty() && !values.isEmpty()) {
                    throw new NotPortableException(
                            "a captured EnumMap is empty, so nothing says what its keys are" + DECLARE);
                }
                arguments[i] = of(arguments[i], parts, raw, depth + 1);
            }
        }
        return new Parameterized(raw, arguments);
    }

    /** All that these containers hold; of maps the keys or the values. */
    private static List<Object> parts(List<Object> containers, boolean second, Class<?> raw) {
        List<Object> parts = new ArrayList<>();
        for (Object container : containers) {
            if (container instanceof Map) {
                Map<?, ?> map = (Map<?, ?>) container;
                parts.addAll(second ? map.values() : map.keySet());
            } else if (container instanceof Collection) {
                parts.addAll((Collection<?>) container);
                if (raw == EnumSet.class && parts.isEmpty()) {
                    parts.addAll(EnumSet.complementOf((EnumSet<?>) container));
                }
            } else if (container instanceof Optional) {
                parts.add(((Optional<?>) container).orElse(null));
            }
        }
        return parts;
    }

    /** The public type of what is no container. */
    private static Type single(Type declared, Object value) {
        Class<?> type = value.getClass();
        if (value instanceof RemoteContext) {
            return RemoteContext.class;
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).getDeclaringClass();
        }
        if (value instanceof Path) {
            return Path.class;
        }
        if (declared instanceof ParameterizedType && Generics.raw(declared) == type) {
            return declared;
        }
        if (type.isSynthetic()) { // a lambda's, which is made anew in each program
            return Generics.raw(declared);
        }
        Class<?> text = Forms.isJdk(type) ? text(type) : null;
        return text == null ? type : text;
    }

    /** The class, or the first above it, whose values travel as texts; null if there is none. */
    private static Class<?> text(Class<?> type) {
        Class<?> text = type;
        while (text != null && !Forms.isText(text)) {
            text = text.getSuperclass();
        }
        return text;
    }

    private static Type common(Type one, Type other) {
        if (one.equals(other)) {
            return one;
        }
        Class<?> text = text(Generics.raw(one));
        while (text != null && !text.isAssignableFrom(Generics.raw(other))) {
            text = text(text.getSuperclass());
        }
        return text;
    }

    /** What is declared at least, where that says something. */
    private static Type different(Type declared, Type one, Type other, Class<?> holder) {
        Type least = Generics.plain(declared);
        if (least != Object.class && isTold(least)) {
            return least;
        }
        throw new NotPortableException("a captured " + holder.getSimpleName() + " holds values of different types ("
                + one.getTypeName() + " and " + other.getTypeName()
                + "), so nothing says how to send it" + DECLARE);
    }
}
