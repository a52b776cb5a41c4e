package io.econtext.types;

import io.econtext.Alternatives;
import io.econtext.Sender;
import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.BitSet;
import java.util.Map;

/**
 * The closed set of types that can travel: finds the {@link Form} of each, and says of all others why they can't.
 *
 * <p>Safe for use by any thread.
 */
public final class Forms extends Binder {
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
        if (CoreForm.serves(type)) {
            return new CoreForm();
        }
        if (type == Object.class) {
            return new UndeclaredForm();
        }
        if (NumberForm.serves(type)) {
            return new NumberForm();
        }
        if (TextForm.serves(type)) {
            return new TextForm();
        }
        if (type.isArray()) {
            return new ArrayForm();
        }
        if (type.isEnum()) {
            return new EnumForm();
        }
        if (OptionalForm.serves(type)) {
            return new OptionalForm();
        }
        if (type == Sender.class) {
            return new SenderForm();
        }
        if (type == BitSet.class) {
            return new BitSetForm();
        }
        return isJdk(type) ? container(type) : own(type);
    }

    private static Form container(Class<?> type) {
        Class<?> made = Usual.of(type);
        if (made == null) {
            throw refused(type, "is none of the JDK's types that can travel");
        }
        return Map.class.isAssignableFrom(made) ? new MapForm(made) : new CollectionForm(made);
    }

    private static Form own(Class<?> type) {
        boolean made = !Modifier.isAbstract(type.getModifiers());
        Class<?>[] alternatives = alternatives(type);
        if (made && alternatives == null) {
            return new ObjectForm(type);
        }
        if (alternatives == null) {
            throw refused(type, "is abstract: seal it, or list its classes in @Alternatives");
        }
        if (made) {
            throw refused(type, "has alternatives, so it must be abstract itself");
        }
        for (int i = 0; i < alternatives.length; i++) {
            if (!type.isAssignableFrom(alternatives[i])) {
                throw refused(type, "lists " + alternatives[i].getName() + ", which is none of its subtypes");
            }
        }
        return new AlternativesForm(alternatives);
    }

    /** The classes that may stand for this one, or null. */
    private static Class<?>[] alternatives(Class<?> type) {
        Alternatives listed = type.getAnnotation(Alternatives.class);
        if (listed != null) {
            return listed.value();
        }
        try {
            return (Class<?>[]) Class.class.getMethod("getPermittedSubclasses").invoke(type);
        } catch (ReflectiveOperationException e) {
            return null; // older than Java 17
        }
    }

    static boolean isJdk(Class<?> type) {
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
