package io.econtext.spring.remotecall;

import java.lang.reflect.Method;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Takes the calls of one bean whose instances live in contexts.
 *
 * <p>Safe for use by any number of threads.
 */
final class RemoteCallInterceptor implements MethodInterceptor {
    private final Class<?> type;
    private final Map<Method, RemoteMethod> methods;
    private final TargetInstances instances;

    RemoteCallInterceptor(Class<?> type, Map<Method, RemoteMethod> methods, TargetInstances instances) {
        this.type = type;
        this.methods = methods;
        this.instances = instances;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Method method = invocation.getMethod();
        if (isClose(method)) {
            instances.close();
            return null;
        }
        RemoteMethod remote = methods.get(method);
        if (remote != null) {
            return remote.call(invocation.getArguments(), instances);
        }
        if (ReflectionUtils.isToStringMethod(method)) {
            return "stand-in of " + type.getName();
        }
        throw new IllegalStateException(
                method + " has nothing to run on, as no instance of " + type.getName() + " is here");
    }

    private boolean isClose(Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }
}
