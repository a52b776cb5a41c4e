package io.econtext.spring.remotecall;

import io.econtext.spring.RemoteCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Lets single methods of ordinary beans run elsewhere.
 *
 * <p>Used by the threads that make beans; what it puts around them may be used by any.
 */
public final class RemoteMethodProcessor extends AbstractAdvisingBeanPostProcessor implements BeanFactoryAware {
    private static final long serialVersionUID = 1;

    private final transient Map<Class<?>, Map<Method, RemoteMethod>> methods = new ConcurrentHashMap<>();
    private final transient Map<Class<?>, TargetInstances> instances = new ConcurrentHashMap<>();
    private transient ConfigurableListableBeanFactory beans;

    /** Is to be a bean. */
    public RemoteMethodProcessor() {
        setProxyTargetClass(true);
        setBeforeExistingAdvisors(false);
        AnnotationMatchingPointcut pointcut = new AnnotationMatchingPointcut(null, RemoteCall.class, true);
        advisor = new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) this::invoke);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = (ConfigurableListableBeanFactory) beanFactory;
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        Class<?> type = AopUtils.getTargetClass(bean);
        // a class that has the annotation itself has a stand-in as a whole
        if (AnnotatedElementUtils.hasAnnotation(type, RemoteCall.class) || !super.isEligible(bean, beanName)) {
            return false;
        }
        methods.computeIfAbsent(type, any -> remoteMethods(beanName, type));
        return true;
    }

    private Map<Method, RemoteMethod> remoteMethods(String bean, Class<?> type) {
        ImplementationChecks.check(bean, type);
        if (Modifier.isFinal(type.getModifiers())) {
            throw new RemoteCallDefinitionException(
                    bean, type.getName() + " is final, so that its methods can't be intercepted", "Remove final");
        }
        return MethodIntrospector.selectMethods(type, (Method method) -> {
            RemoteCall call = AnnotatedElementUtils.findMergedAnnotation(method, RemoteCall.class);
            return call == null ? null : remoteMethod(bean, type, method, call);
        });
    }

    private RemoteMethod remoteMethod(String bean, Class<?> type, Method method, RemoteCall call) {
        if ((method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) != 0) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getSimpleName() + "." + method.getName()
                            + " is private, static or final, so that its calls can't be intercepted",
                    "Remove that, or remove @RemoteCall from it");
        }
        return RemoteMethod.of(bean, type, method, type, call, beans);
    }

    private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Class<?> type = AopUtils.getTargetClass(invocation.getThis());
        Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
        RemoteMethod remote = methods.get(type).get(method);
        if (remote == null) {
            return invocation.proceed();
        }
        TargetInstances there = instances.computeIfAbsent(
                type,
                any -> new TargetInstances(
                        context -> beans.getBean(RemoteObjects.class).of(context, type)));
        return remote.call(invocation.getArguments(), there);
    }
}
