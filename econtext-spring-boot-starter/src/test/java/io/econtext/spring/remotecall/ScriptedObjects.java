package io.econtext.spring.remotecall;

import io.econtext.RemoteContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The targets of a test: instances in this process, each knowing in which context it is. For one thread. */
final class ScriptedObjects implements RemoteObjects {
    static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    final List<String> calls = new ArrayList<>();
    final List<String> made = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    final Map<String, CompletableFuture<Object>> pending = new HashMap<>();

    @Override
    public TargetObject of(RemoteContext context, Class<?> implementation) {
        made.add(implementation.getSimpleName() + "@" + context.name());
        return new LocalObject(context.name(), implementation);
    }

    private final class LocalObject implements TargetObject {
        private final String context;
        private final Object instance;

        LocalObject(String context, Class<?> implementation) {
            this.context = context;
            try {
                Constructor<?> constructor = implementation.getDeclaredConstructor();
                constructor.setAccessible(true);
                instance = constructor.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public @Nullable Object invoke(Method method, Object[] arguments, @Nullable Duration timeout) throws Throwable {
            calls.add(context + " " + method.getName() + " " + List.of(arguments) + " " + timeout);
            CONTEXT.set(context);
            try {
                method.setAccessible(true);
                return method.invoke(instance, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                CONTEXT.remove();
            }
        }

        @Override
        public CompletableFuture<Object> invokeAsync(Method method, Object[] arguments, @Nullable Duration timeout) {
            if (pending.containsKey(context)) {
                return pending.get(context);
            }
            try {
                Object result = invoke(method, arguments, timeout);
                // a target sends what a future holds
                return CompletableFuture.completedFuture(
                        result instanceof CompletableFuture<?> future ? future.join() : result);
            } catch (Throwable e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void close() {
            closed.add(context);
        }
    }
}
