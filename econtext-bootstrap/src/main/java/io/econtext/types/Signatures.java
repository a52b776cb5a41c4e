package io.econtext.types;

import io.econtext.core.ValueException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Types as text, in the JVM's own form of it: {@code Ljava/util/List<Lcom/acme/Host;>;}. A controller, which is trusted,
 * sends them down where a function alone doesn't tell its generic types; the other direction never names a type.
 *
 * <p>Stateless.
 */
public final class Signatures {
    private static final String PRIMITIVES = "VZBSIJFDC";
    private static final Class<?>[] CLASSES = {
        void.class, boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class, char.class
    };

    private final String text;
    private final ClassLoader loader;
    private int at;

    private Signatures(String text, ClassLoader loader) {
        this.text = text;
        this.loader = loader;
    }

    /** The signature of a type; variables and wildcards become what they are at least. */
    public static String of(Type type) {
        Type plain = Generics.plain(type);
        if (plain instanceof GenericArrayType) {
            return "[" + of(((GenericArrayType) plain).getGenericComponentType());
        }
        Class<?> raw = Generics.raw(plain);
        if (raw.isArray()) {
            return "[" + of(raw.getComponentType());
        }
        for (int i = 0; i < CLASSES.length; i++) {
            if (CLASSES[i] == raw) {
                return PRIMITIVES.substring(i, i + 1);
            }
        }
        StringBuilder out = new StringBuilder("L").append(raw.getName().replace('.', '/'));
        if (plain instanceof ParameterizedType) {
            out.append('<');
            for (Type argument : ((ParameterizedType) plain).getActualTypeArguments()) {
                out.append(of(argument));
            }
            out.append('>');
        }
        return out.append(';').toString();
    }

    /** The type of a signature, its classes found by the loader and not initialised. */
    public static Type parse(String signature, ClassLoader loader) {
        Signatures in = new Signatures(signature, loader);
        Type type = in.type();
        if (in.at != signature.length()) {
            throw in.bad();
        }
        return type;
    }

    private Type type() {
        char first = next();
        if (first == '[') {
            Type component = type();
            return component instanceof Class ? Generics.arrayOf((Class<?>) component) : new GenericArray(component);
        }
        if (first != 'L') {
            int primitive = PRIMITIVES.indexOf(first);
            if (primitive < 0) {
                throw bad();
            }
            return CLASSES[primitive];
        }
        int start = at;
        char end = next();
        while (end != '<' && end != ';') {
            end = next();
        }
        Class<?> raw = load(text.substring(start, at - 1).replace('/', '.'));
        if (end == ';') {
            return raw;
        }
        List<Type> arguments = new ArrayList<>();
        while (!text.startsWith(">;", at)) {
            arguments.add(type());
        }
        at += 2;
        if (arguments.size() != raw.getTypeParameters().length) {
            throw bad();
        }
        return new Parameterized(raw, arguments.toArray(new Type[0]));
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new ValueException("no class " + name + " for the type " + text);
        }
    }

    private char next() {
        if (at == text.length()) {
            throw bad();
        }
        return text.charAt(at++);
    }

    private ValueException bad() {
        return new ValueException("no type: " + text);
    }
}
