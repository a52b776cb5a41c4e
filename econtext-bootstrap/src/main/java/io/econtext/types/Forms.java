package io.econtext.types;

import io.econtext.Alternatives;
import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * The closed set of types that can travel: finds the {@link Form} of each, and says of all others why they can't.
 *
 * <p>Safe for use by any thread.
 */
public final class Forms extends Binder {
    // By name, as a list of classes would load them all.
    private static final String NUMBERS = " float short byte char java.lang.Float java.lang.Short java.lang.Byte"
            + " java.lang.Character java.lang.Number java.math.BigInteger java.math.BigDecimal ";
    private static final String TEXTS = " java.nio.file.Path java.io.File java.net.URI java.net.URL java.util.UUID"
            + " java.util.Locale java.nio.charset.Charset java.util.Currency java.util.regex.Pattern java.util.Date"
            + " java.net.InetAddress java.net.Inet4Address java.net.Inet6Address java.time.Instant java.time.LocalDate"
            + " java.time.LocalTime java.time.LocalDateTime java.time.OffsetTime java.time.OffsetDateTime"
            + " java.time.ZonedDateTime java.time.Duration java.time.Period java.time.Year java.time.YearMonth"
            + " java.time.MonthDay java.time.ZoneId java.time.ZoneOffset ";
    private static final String BIT_SET = "java.util.BitSet";
    static final String SENDER = "io.econtext.Sender";
    private static final String CONTEXT = "io.econtext.RemoteContext";

    private static final ClassValue<Form> FORMS = new ClassValue<Form>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** The form of a type; throws what is to be said of one that can't travel. */
    public static Form of(Type declared) {
        return FORMS.get(Generics.raw(declared));
    }

    @Override
    protected void putOther(SmileWriter out, Object value, Type declared) {
        Type type = Generics.plain(declared);
        Form form = of(type);
        try {
            form.check(value, type);
            form.put(out, value, type);
        } catch (ValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ValueException(e.toString());
        }
    }

    @Override
    protected Object getOther(SmileReader in, Type declared) {
        if (declared == null) {
            return NumberForm.rare(in);
        }
        Type type = Generics.plain(declared);
        try {
            return of(type).get(in, type);
        } catch (ValueException e) {
            throw e;
        } catch (RuntimeException e) { // of the type's own code, such as a text's parser
            throw new ValueException(e.toString());
        }
    }

    @Override
    protected Type typeOther(String signature, ClassLoader loader) {
        return Signatures.parse(signature, loader);
    }

    private static Form find(Class<?> type) {
        String name = type.getName();
        if (CoreForm.serves(type)) {
            return new CoreForm();
        }
        if (isNumber(type)) {
            return new NumberForm();
        }
        if (isText(type)) {
            return new TextForm();
        }
        if (type == Object.class) {
            return new UndeclaredForm();
        }
        if (type.isArray()) {
            return new ArrayForm();
        }
        if (type.isEnum()) {
            return new EnumForm();
        }
        if (isOptional(type)) {
            return new OptionalForm();
        }
        if (name.equals(BIT_SET)) {
            return new BitSetForm();
        }
        if (name.equals(SENDER)) {
            return new SenderForm();
        }
        if (name.equals(CONTEXT)) {
            return named("io.econtext.call.ContextForm");
        }
        if (name.equals(ByJackson.NAME)) {
            return named(ByJackson.NAME);
        }
        return isJdk(type) ? container(type) : own(type);
    }

    /** By name, as few need it: what is named otherwise goes ahead with this class. */
    private static Form named(String form) {
        try {
            return (Form) Class.forName(form).newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ValueException(e.toString());
        }
    }

    /** Numbers, and the character, that the core leaves out. */
    static boolean isNumber(Class<?> type) {
        return listed(NUMBERS, type);
    }

    /** Types whose values are a text. */
    public static boolean isText(Class<?> type) {
        return listed(TEXTS, type);
    }

    static boolean isOptional(Class<?> type) {
        return type.getName().startsWith("java.util.Optional");
    }

    private static boolean listed(String names, Class<?> type) {
        return names.contains(" " + type.getName() + " ");
    }

    private static Form container(Class<?> type) {
        Class<?> made = Usual.of(type);
        if (made == null) {
            throw refused(type, "is none of the JDK's types that can travel");
        }
        return Map.class.isAssignableFrom(made) ? new MapForm(made) : new CollectionForm(made);
    }

    private static Form own(Class<?> type) {
        if (!Modifier.isAbstract(type.getModifiers())) {
            return new ObjectForm(type);
        }
        Class<?>[] alternatives = alternatives(type);
        for (int i = 0; i < alternatives.length; i++) {
            if (!type.isAssignableFrom(alternatives[i])) {
                throw refused(type, "lists " + alternatives[i].getName() + ", which is none of its subtypes");
            }
        }
        return new AlternativesForm(alternatives);
    }

    /** The classes that may stand for this one. */
    private static Class<?>[] alternatives(Class<?> type) {
        Class<?>[] permitted = null;
        try {
            permitted =
                    (Class<?>[]) Class.class.getMethod("getPermittedSubclasses").invoke(type);
        } catch (ReflectiveOperationException e) {
            // older than Java 17
        }
        Alternatives listed = permitted == null ? type.getAnnotation(Alternatives.class) : null;
        if (permitted == null && listed == null) {
            throw refused(type, "is abstract: seal it, or list its classes in @Alternatives");
        }
        return permitted != null ? permitted : listed.value();
    }

    public static boolean isJdk(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.");
    }

    static ValueException refused(Class<?> type, String why) {
        return new ValueException(type.getName() + " can't travel: it " + why);
    }
}
