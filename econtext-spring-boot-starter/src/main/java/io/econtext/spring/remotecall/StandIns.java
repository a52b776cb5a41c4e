package io.econtext.spring.remotecall;

import io.econtext.spring.RemoteCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Checks a class or interface with {@code @RemoteCall} and makes its stand-in, of which no constructor runs here.
 *
 * <p>Used by the thread that refreshes the application context; what it makes may be used by any.
 */
final class StandIns {
    private final ConfigurableListableBeanFactory beans;

    StandIns(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Checks everything at once; the supplier then can't fail. */
    Supplier<Object> of(String bean, Class<?> type, RemoteCall call) {
        Class<?> implementation = implementation(bean, type, call);
        ImplementationChecks.check(bean, implementation);
        if (!type.isInterface() && Modifier.isFinal(type.getModifiers())) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getName() + " is final, so that nothing can stand in for it",
                    "Remove final, or put @RemoteCall(implementation = " + type.getSimpleName()
                            + ".class) on an interface");
        }
        Map<Method, RemoteMethod> methods = methods(bean, type, implementation, call);
        TargetInstances instances = new TargetInstances(
                context -> beans.getBean(RemoteObjects.class).of(context, implementation));
        return () -> proxy(type, new RemoteCallInterceptor(type, methods, instances));
    }

    private static Class<?> implementation(String bean, Class<?> type, RemoteCall call) {
        boolean named = call.implementation() != void.class;
        if (type.isInterface() && !named) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getName() + " is an interface and doesn't say what runs on the target",
                    "Add implementation = ….class to its @RemoteCall");
        }
        if (!type.isInterface() && named) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getName() + " is a class and itself what runs on the target",
                    "Remove implementation from its @RemoteCall, or put that on an interface");
        }
        return named ? call.implementation() : type;
    }

    private Map<Method, RemoteMethod> methods(String bean, Class<?> type, Class<?> implementation, RemoteCall call) {
        Method[] candidates = type.isInterface() ? type.getMethods() : ReflectionUtils.getUniqueDeclaredMethods(type);
        Map<Method, RemoteMethod> methods = new LinkedHashMap<>();
        for (Method method : candidates) {
            if (runsRemotely(method)) {
                methods.put(method, method(bean, type, implementation, call, method));
            }
        }
        return methods;
    }

    private RemoteMethod method(String bean, Class<?> type, Class<?> implementation, RemoteCall call, Method method) {
        if (Modifier.isFinal(method.getModifiers())) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getSimpleName() + "." + method.getName() + " is final and would run here, without an instance",
                    "Remove final");
        }
        RemoteCall own = AnnotatedElementUtils.findMergedAnnotation(method, RemoteCall.class);
        Method bridged = BridgeMethodResolver.findBridgedMethod(method);
        return RemoteMethod.of(bean, type, bridged, implementation, own == null ? call : own, beans);
    }

    private static boolean runsRemotely(Method method) {
        boolean ofObject = method.getDeclaringClass() == Object.class;
        return !ofObject
                && (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && !(method.getName().equals("finalize") && method.getParameterCount() == 0);
    }

    private static Object proxy(Class<?> type, RemoteCallInterceptor interceptor) {
        ProxyFactory factory = new ProxyFactory();
        if (type.isInterface()) {
            factory.addInterface(type);
        } else {
            factory.setProxyTargetClass(true);
        }
        factory.setTargetSource(EmptyTargetSource.forClass(type));
        factory.addAdvice(interceptor);
        return factory.getProxy(type.getClassLoader());
    }
}
