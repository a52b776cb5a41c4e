package io.econtext.spring.shell;

import io.econtext.Call;
import io.econtext.TypeRef;
import io.econtext.spring.shell.Places.Place;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.util.ClassUtils;

/** Calls a static method of a class that this program has, or of the JDK. */
final class CallCommand extends ContextCommand {

    CallCommand(Places places) {
        super(
                places,
                "context call",
                "NAME CLASS#METHOD [JSON…]",
                "Call a static method there, its arguments as JSON, and print its result as JSON");
    }

    @Override
    ExitStatus run(Invocation invocation) throws Exception {
        String word = invocation.required(0, "NAME");
        String what = invocation.required(1, "CLASS#METHOD");
        List<String> texts = invocation.from(2);
        Method method = method(what, texts.size());
        Object[] arguments = new Object[texts.size()];
        Type[] types = method.getGenericParameterTypes();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Json.parse(texts.get(i), types[i], "argument " + (i + 1) + " of " + what);
        }
        Call<Object, Exception> call = Call.named(
                TypeRef.ofType(method.getGenericReturnType()),
                method.getDeclaringClass().getName(),
                method.getName(),
                arguments);
        try (Place place = places.place(word, invocation.reader())) {
            Object result = place.context().invoke(call);
            if (method.getReturnType() != void.class) {
                invocation.out().println(Json.of(result));
            }
            return ExitStatus.OK;
        }
    }

    private static Method method(String what, int arguments) {
        int hash = what.indexOf('#');
        if (hash < 1 || hash == what.length() - 1) {
            throw new UsageException(
                    "'" + what + "' is not of the form CLASS#METHOD, such as java.lang.System#getProperty");
        }
        String name = what.substring(hash + 1);
        Class<?> type = type(what.substring(0, hash));
        List<Method> named = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .toList();
        List<Method> fitting = named.stream()
                .filter(method -> method.getParameterCount() == arguments)
                .toList();
        if (fitting.size() != 1) {
            throw new UsageException(what + ": " + fitting.size() + " static methods take " + arguments
                    + " arguments, exactly one must; there "
                    + (named.isEmpty() ? "is none of that name" : "are " + named));
        }
        return fitting.get(0);
    }

    private static Class<?> type(String name) {
        @Nullable ClassLoader loader = ClassUtils.getDefaultClassLoader();
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UsageException("class " + name + " is not on the class path of this program");
        }
    }
}
