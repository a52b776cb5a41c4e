package io.econtext.call;

import io.econtext.Call;
import io.econtext.MethodName;
import io.econtext.NotPortableException;
import io.econtext.types.Generics;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds out what a lambda or a method reference stands for, and refuses what can't run elsewhere. Stateless.
 *
 * <p>The compiler gives a serializable lambda a {@code writeReplace} method that describes it; only that description is
 * looked at, nothing is ever serialized.
 */
public final class Functions {
    static final String NO_LAMBDA =
            " is neither a lambda nor a method reference; write Class::method, or a lambda that calls it";
    static final String CAPTURES_THIS =
            ", which can't travel: copy the fields it needs to local variables, or make what it calls static";
    static final String ERASED =
            ": say what it holds by Call.returning(new TypeRef<…>() {}), or use a method reference";

    /** What was found out about functions that capture nothing and whose types don't depend on their arguments. */
    private static final ClassValue<AtomicReference<Resolved>> KNOWN = new ClassValue<AtomicReference<Resolved>>() {
        @Override
        protected AtomicReference<Resolved> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    private Functions() {}

    /** A function resolved: what it calls, and what it captured. */
    public static final class Resolved {
        public final Target target;
        public final Object[] captured;

        Resolved(Target target, Object[] captured) {
            this.target = target;
            this.captured = captured;
        }
    }

    /**
     * @param bodies what can look into lambdas, or {@code null}
     * @throws NotPortableException if it can't run elsewhere
     */
    public static Resolved resolve(Call<?, ?> call, LambdaBodies bodies) {
        Serializable function = call.function();
        if (function instanceof MethodName) {
            return new Resolved(named((MethodName) function, call), new Object[0]);
        }
        AtomicReference<Resolved> known = KNOWN.get(function.getClass());
        if (known.get() != null && call.resultType() == null) {
            return known.get();
        }
        SerializedLambda lambda = describe(function);
        ClassLoader loader = function.getClass().getClassLoader();
        Implementation implementation = find(lambda, loader);
        if (implementation.capturesThis(lambda)) {
            throw new NotPortableException(capturesThis(lambda, implementation, loader, bodies));
        }
        Object[] captured = new Object[lambda.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = lambda.getCapturedArg(i);
        }
        List<Type> parameters = parameters(lambda, loader, implementation);
        Resolved resolved = new Resolved(target(lambda, loader, implementation, parameters, captured, call), captured);
        if (captured.length == 0 && call.resultType() == null && ValueTypes.areTold(parameters)) {
            known.set(resolved);
        }
        return resolved;
    }

    private static SerializedLambda describe(Serializable function) {
        Throwable failure = null;
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            Object description = writeReplace.invoke(function);
            if (description instanceof SerializedLambda) {
                return (SerializedLambda) description;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            failure = e;
        }
        throw new NotPortableException(function.getClass().getName() + NO_LAMBDA, failure);
    }

    private static Implementation find(SerializedLambda lambda, ClassLoader loader) {
        try {
            Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            MethodType type = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            boolean constructor = lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial;
            try {
                return new Implementation(
                        constructor
                                ? owner.getDeclaredConstructor(type.parameterArray())
                                : method(owner, lambda.getImplMethodName(), type));
            } catch (NoClassDefFoundError | TypeNotPresentException e) {
                // A sibling of the method, or its own declaration, names a type that isn't here.
                return new Implementation(lambda, owner, type);
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new NotPortableException("can't find " + lambda.getImplClass() + "." + lambda.getImplMethodName(), e);
        }
    }

    /** The method, declared by {@code owner} or inherited; the descriptor tells bridges from what they bridge. */
    private static Method method(Class<?> owner, String name, MethodType type) throws NoSuchMethodException {
        for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.getName().equals(name)
                        && m.getReturnType() == type.returnType()
                        && Arrays.equals(m.getParameterTypes(), type.parameterArray())) {
                    return m;
                }
            }
        }
        return owner.getMethod(name, type.parameterArray());
    }

    private static String capturesThis(
            SerializedLambda lambda, Implementation implementation, ClassLoader loader, LambdaBodies bodies) {
        String owner = implementation.owner.getName();
        String used =
                bodies == null ? "" : bodies.usedOfThis(loader, owner, implementation.name, implementation.descriptor);
        return "the lambda in " + lambda.getCapturingClass().replace('/', '.') + " uses 'this' of " + owner
                + (used.isEmpty() ? "" : ", " + used) + CAPTURES_THIS;
    }

    /**
     * The declared types of all it takes, the receiver first: of the class that the reference names, as the one that has
     * the method may be above it. Compilers declare what a lambda takes as anything where they make it of a reference.
     */
    private static List<Type> parameters(SerializedLambda lambda, ClassLoader loader, Implementation implementation) {
        List<Type> parameters = new ArrayList<>();
        if (implementation.kind == Target.VIRTUAL) {
            parameters.add(implementation.owner);
        }
        parameters.addAll(Arrays.asList(implementation.parameters));
        int captured = lambda.getCapturedArgCount();
        int receiver = implementation.kind == Target.VIRTUAL ? 1 : 0;
        int erased = implementation.isErased ? parameters.size() : receiver;
        if (captured < erased) {
            MethodType written = instantiated(lambda, loader);
            for (int i = captured; i < erased; i++) {
                Class<?> type = written.parameterType(i - captured);
                if (Generics.raw(parameters.get(i)).isAssignableFrom(type)) {
                    parameters.set(i, type);
                }
            }
        }
        return parameters;
    }

    private static MethodType instantiated(SerializedLambda lambda, ClassLoader loader) {
        return MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
    }

    private static Target target(
            SerializedLambda lambda,
            ClassLoader loader,
            Implementation implementation,
            List<Type> declared,
            Object[] captured,
            Call<?, ?> call) {
        Object[] arguments = call.arguments();
        List<Type> parameters = new ArrayList<>(declared);
        for (int i = 0; i < parameters.size(); i++) {
            Object value = i < captured.length
                    ? captured[i]
                    : i - captured.length < arguments.length ? arguments[i - captured.length] : null;
            parameters.set(i, ValueTypes.of(parameters.get(i), value));
        }
        if (implementation.kind == Target.VIRTUAL && captured.length > 0) {
            parameters.set(0, ValueTypes.of(captured[0]));
        }
        Type result = implementation.result;
        if (lambda.getInstantiatedMethodType().endsWith(")V")) {
            result = void.class;
        } else if (call.resultType() != null) {
            result = call.resultType();
        } else if (ValueTypes.hasVariables(result) || implementation.isErased) {
            result = instantiated(lambda, loader).returnType();
        }
        if (implementation.isErased && call.resultType() == null && ValueTypes.isGeneric(result)) {
            throw new NotPortableException(
                    "a lambda keeps only the erased type of its result, " + result.getTypeName() + ERASED);
        }
        return new Target(
                implementation.kind,
                loader,
                implementation.owner.getName(),
                implementation.name,
                implementation.descriptor,
                parameters,
                result,
                Arrays.asList(implementation.exceptions));
    }

    /** The target of a method of an object that lives in the context. */
    public static Target kept(Method method) {
        return new Target(
                Target.KEPT,
                method.getDeclaringClass().getClassLoader(),
                method.getDeclaringClass().getName(),
                method.getName(),
                descriptor(method),
                Arrays.asList(method.getGenericParameterTypes()),
                isFuture(method) ? valueOf(method.getGenericReturnType()) : method.getGenericReturnType(),
                Arrays.asList(method.getExceptionTypes()));
    }

    /** Whether the context waits for what the method returns, and sends what that holds. */
    public static boolean isFuture(Method method) {
        return CompletionStage.class.isAssignableFrom(method.getReturnType())
                || Future.class.isAssignableFrom(method.getReturnType());
    }

    private static Type valueOf(Type future) {
        return future instanceof ParameterizedType
                ? ((ParameterizedType) future).getActualTypeArguments()[0]
                : Object.class;
    }

    /** The target of a constructor whose object is to be kept. */
    public static Target keep(Constructor<?> constructor) {
        return new Target(
                Target.KEEP,
                constructor.getDeclaringClass().getClassLoader(),
                constructor.getDeclaringClass().getName(),
                constructor.getName(),
                descriptor(constructor),
                Arrays.asList(constructor.getGenericParameterTypes()),
                int.class,
                Arrays.asList(constructor.getExceptionTypes()));
    }

    private static Target named(MethodName name, Call<?, ?> call) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Class<?> owner;
        try {
            owner = Class.forName(name.className(), false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new NotPortableException("no class " + name.className() + " on the class path here", e);
        }
        int given = call.arguments().length;
        List<Method> candidates = new ArrayList<>();
        for (Method m : owner.getDeclaredMethods()) {
            if (m.getName().equals(name.method())
                    && Modifier.isStatic(m.getModifiers())
                    && !m.isSynthetic()
                    && m.getParameterCount() == given) {
                candidates.add(m);
            }
        }
        if (candidates.size() != 1) {
            throw new NotPortableException(
                    name + ": " + candidates.size() + " static methods take " + given + " arguments; exactly one must");
        }
        Method m = candidates.get(0);
        return new Target(
                Target.STATIC,
                loader,
                owner.getName(),
                m.getName(),
                descriptor(m),
                Arrays.asList(m.getGenericParameterTypes()),
                result(call.resultType(), m),
                Arrays.asList(m.getExceptionTypes()));
    }

    private static Type result(Type asked, Method m) {
        if (asked == Void.class) {
            return void.class;
        }
        return asked == null || asked == Object.class ? m.getGenericReturnType() : asked;
    }

    private static String descriptor(Executable executable) {
        Class<?> result = executable instanceof Method ? ((Method) executable).getReturnType() : void.class;
        return MethodType.methodType(result, executable.getParameterTypes()).toMethodDescriptorString();
    }

    /** What a function runs: a method or a constructor. */
    private static final class Implementation {
        final int kind;
        final Class<?> owner;
        final String name;
        final String descriptor;
        final Type[] parameters;
        final Type result;
        final Class<?>[] exceptions;
        final boolean isLambda;
        /** Whether what its types hold isn't known. */
        final boolean isErased;

        Implementation(Executable executable) {
            boolean constructor = executable instanceof Constructor;
            owner = executable.getDeclaringClass();
            kind = constructor
                    ? Target.NEW
                    : Modifier.isStatic(executable.getModifiers()) ? Target.STATIC : Target.VIRTUAL;
            name = executable.getName();
            descriptor = Functions.descriptor(executable);
            parameters = executable.getGenericParameterTypes();
            result = constructor ? owner : ((Method) executable).getGenericReturnType();
            exceptions = executable.getExceptionTypes();
            isErased = executable.isSynthetic();
            isLambda = isErased && !(executable instanceof Method && ((Method) executable).isBridge());
        }

        /** By what the lambda itself says. */
        Implementation(SerializedLambda lambda, Class<?> owner, MethodType type) {
            int reference = lambda.getImplMethodKind();
            boolean constructor = reference == MethodHandleInfo.REF_newInvokeSpecial;
            this.owner = owner;
            kind = constructor
                    ? Target.NEW
                    : reference == MethodHandleInfo.REF_invokeStatic ? Target.STATIC : Target.VIRTUAL;
            name = lambda.getImplMethodName();
            descriptor = lambda.getImplMethodSignature();
            parameters = type.parameterArray();
            result = constructor ? owner : type.returnType();
            exceptions = new Class<?>[0];
            isLambda = name.startsWith("lambda$");
            isErased = true;
        }

        boolean capturesThis(SerializedLambda lambda) {
            return kind == Target.VIRTUAL && isLambda && lambda.getCapturedArgCount() > 0;
        }
    }
}
