package io.econtext.spring.remotecall;

import io.econtext.spring.RemoteCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Finds beans whose class, and interfaces of the application, which have {@code @RemoteCall}, and puts stand-ins in
 * their place before any is made.
 *
 * <p>Used by the thread that refreshes the application context.
 */
public final class RemoteCallBeans implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        if (!AutoConfigurationPackages.has(beans)) {
            return;
        }
        InterfaceScanner scanner = new InterfaceScanner();
        for (String root : AutoConfigurationPackages.get(beans)) {
            for (BeanDefinition found : scanner.findCandidateComponents(root)) {
                String name = AnnotationBeanNameGenerator.INSTANCE.generateBeanName(found, registry);
                if (!registry.containsBeanDefinition(name)) {
                    registry.registerBeanDefinition(name, found);
                }
            }
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        StandIns standIns = new StandIns(beans);
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            Class<?> type = definition.isAbstract() ? null : beans.getType(name, false);
            RemoteCall call = type == null ? null : annotation(type);
            if (call != null) {
                replace((AbstractBeanDefinition) definition, type, standIns.of(name, type, call));
            }
        }
    }

    /** The annotation on a class or an interface itself, not on what it extends. */
    private static @Nullable RemoteCall annotation(Class<?> type) {
        return AnnotatedElementUtils.getMergedAnnotation(type, RemoteCall.class);
    }

    /** Changes how the bean comes about, and leaves its name, scope and qualifiers. */
    private static void replace(AbstractBeanDefinition definition, Class<?> type, Supplier<Object> standIn) {
        definition.setBeanClass(type);
        definition.setFactoryBeanName(null);
        definition.setFactoryMethodName(null);
        definition.setConstructorArgumentValues(null);
        definition.setInstanceSupplier(standIn);
        // an instance ends with its context
        definition.setDestroyMethodName("");
    }

    /** Finds what ordinary component scanning leaves out. */
    private static final class InterfaceScanner extends ClassPathScanningCandidateComponentProvider {
        InterfaceScanner() {
            super(false);
            addIncludeFilter(new AnnotationTypeFilter(RemoteCall.class, true, false));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isInterface()
                    && !definition.getMetadata().isAnnotation()
                    && definition.getMetadata().isIndependent();
        }
    }
}
