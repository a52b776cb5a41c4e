package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a call names instead of a type whose values go by the application's own Jackson. The codec is a part of the
 * application, as its Jackson is, and is fetched with the first value.
 *
 * <p>Stateless.
 *
 * @param <T> the type itself
 */
public final class ByJackson<T> implements Form {
    public static final String NAME = "io.econtext.types.ByJackson";
    /** The class of the codec, which an application's class loader finds; it has a constructor without arguments. */
    public static final String CODEC = "io.econtext.values.Annotated";

    static final String MISSING = "values go by Jackson 3 here, and that is not on the application's class path:"
            + " add tools.jackson.core:jackson-databind and tools.jackson.dataformat:jackson-dataformat-smile, or leave"
            + " out the option values=jackson";
    static final String TOO_OLD =
            "values go by Jackson 3 here, which needs Java 17, and the target has Java %: let it have"
                    + " a newer Java (option java of the context), or leave out the option values=jackson";

    private static final int OLDEST = 17;
    private static final int HEADER = 4;
    private static final String JACKSON = "tools/jackson/";
    private static final String API = "io.econtext.";
    private static final ConcurrentHashMap<ClassLoader, Codec> CODECS = new ConcurrentHashMap<>();

    /** Writes and reads whole documents. Safe for use by any thread. */
    public interface Codec {
        byte[] write(Object value, Type declared);

        Object read(byte[] document, int offset, int length, Type declared);
    }

    /** The type as a call is to name it: another one where some class of an application is part of it. */
    public static Type of(Type declared) {
        Class<?> raw = Generics.raw(declared);
        if (declared instanceof ParameterizedType && raw.getName().equals(Forms.SENDER)) {
            Type item = ((ParameterizedType) declared).getActualTypeArguments()[0];
            Type named = of(item);
            return named == item ? declared : new Parameterized(raw, named);
        }
        return application(declared) == null ? declared : new Parameterized(ByJackson.class, Generics.plain(declared));
    }

    /** The first class of an application that the type names, or null. */
    public static Class<?> application(Type type) {
        if (type instanceof TypeVariable) { // its bound may name it again
            return application(Generics.raw(type));
        }
        Type plain = Generics.plain(type);
        if (plain instanceof GenericArrayType) {
            return application(((GenericArrayType) plain).getGenericComponentType());
        }
        Class<?> raw = Generics.raw(plain);
        while (raw.isArray()) {
            raw = raw.getComponentType();
        }
        if (isOfApplication(raw)) {
            return raw;
        }
        Type[] arguments =
                plain instanceof ParameterizedType ? ((ParameterizedType) plain).getActualTypeArguments() : new Type[0];
        Class<?> found = null;
        for (int i = 0; i < arguments.length && found == null; i++) {
            found = application(arguments[i]);
        }
        return found;
    }

    /** Whether it is neither the JDK's nor econtext's. */
    public static boolean isOfApplication(Class<?> type) {
        return !type.isPrimitive() && !type.isArray() && !Forms.isJdk(type) && !isApi(type);
    }

    /** Whether code on both sides has it from econtext itself. */
    public static boolean isApi(Class<?> type) {
        return type.getName().startsWith(API) && type.getName().indexOf('.', API.length()) < 0;
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        Type type = type(declared);
        byte[] document = codec(type).write(value, type);
        out.write(document, HEADER, document.length - HEADER);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Type type = type(declared);
        byte[] header = new SmileWriter().toByteArray();
        byte[] document = new byte[HEADER + in.available()];
        System.arraycopy(header, 0, document, 0, HEADER);
        in.read(document, HEADER, document.length - HEADER);
        return codec(type).read(document, 0, document.length, type);
    }

    /** What to say where a class isn't there; the application's own may lack one, too. */
    public static String missing(NoClassDefFoundError e) {
        return String.valueOf(e.getMessage()).startsWith(JACKSON) ? MISSING : e.toString();
    }

    private static Type type(Type declared) {
        return ((ParameterizedType) declared).getActualTypeArguments()[0];
    }

    private static Codec codec(Type type) {
        ClassLoader loader = application(type).getClassLoader();
        Codec codec = CODECS.get(loader);
        if (codec == null) { // two threads may both make one; a lock would be held while the link is waited for
            String java = System.getProperty("java.specification.version");
            java = java.startsWith("1.") ? java.substring(2) : java;
            if (Integer.parseInt(java) < OLDEST) {
                throw new ValueException(TOO_OLD.replace("%", java));
            }
            try {
                codec = (Codec) Class.forName(CODEC, true, loader).newInstance();
            } catch (NoClassDefFoundError e) {
                throw new ValueException(missing(e));
            } catch (ReflectiveOperationException e) {
                throw new ValueException(e.toString());
            }
            CODECS.put(loader, codec);
        }
        return codec;
    }
}
