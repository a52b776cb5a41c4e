package io.econtext;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its parameters, which a class literal can't hold: {@code new TypeRef<List<Usage>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
    private final Type type;

    protected TypeRef() {
        Type superclass = getClass().getGenericSuperclass();
        if (!(superclass instanceof ParameterizedType)) {
            throw new IllegalArgumentException("TypeRef needs its parameter: new TypeRef<List<String>>() {}");
        }
        type = ((ParameterizedType) superclass).getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    public static <T> TypeRef<T> of(Class<T> type) {
        return new TypeRef<T>(type) {};
    }

    /** A type known only at run time, such as a method's generic return type. */
    public static TypeRef<Object> ofType(Type type) {
        return new TypeRef<Object>(type) {};
    }

    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
