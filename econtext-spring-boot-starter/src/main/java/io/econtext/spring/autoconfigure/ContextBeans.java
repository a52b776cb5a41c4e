package io.econtext.spring.autoconfigure;

import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.CredentialsProvider;
import io.econtext.spring.ValueRules;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers each configured context and group as a bean of its name, and the plan that they come from. Connects nothing.
 *
 * <p>Used by the thread that refreshes the application context.
 */
final class ContextBeans implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {
    static final String PLAN = "econtextPlan";

    private Environment environment;
    private BeanFactory beanFactory;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        ContextPlan plan = ContextPlan.of(properties(), credentials());
        registry.registerBeanDefinition(
                PLAN,
                BeanDefinitionBuilder.genericBeanDefinition(ContextPlan.class, () -> plan)
                        .getBeanDefinition());
        plan.contexts()
                .forEach((name, planned) -> register(
                        registry,
                        name,
                        RemoteContext.class,
                        planned.primary(),
                        plan.isByJackson(name),
                        () -> context(name)));
        plan.groups()
                .forEach((name, members) -> register(
                        registry,
                        name,
                        ContextGroup.class,
                        false,
                        members.stream().allMatch(plan::isByJackson),
                        () -> group(name, members)));
    }

    private RemoteContext context(String name) {
        return beanFactory.getBean(Broker.class).context(name);
    }

    private ContextGroup group(String name, List<String> members) {
        return new ContextGroup(
                name,
                members.stream()
                        .map(member -> beanFactory.getBean(member, RemoteContext.class))
                        .toList());
    }

    private Credentials credentials() {
        boolean provided = beanFactory instanceof ListableBeanFactory beans
                && beans.getBeanNamesForType(CredentialsProvider.class, true, false).length > 0;
        return new Credentials(
                beanFactory.getBeanProvider(CredentialsProvider.class),
                provided,
                new BundleKeys(beanFactory.getBeanProvider(SslBundles.class)));
    }

    private EcontextProperties properties() {
        BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        return Binder.get(environment)
                .bindOrCreate(EcontextProperties.PREFIX, Bindable.of(EcontextProperties.class), strict);
    }

    private static <T> void register(
            BeanDefinitionRegistry registry,
            String name,
            Class<T> type,
            boolean primary,
            boolean byJackson,
            Supplier<T> bean) {
        if (registry.containsBeanDefinition(name)) {
            // the application defines this context itself, as tests do
            if (registry instanceof BeanFactory factory && factory.isTypeMatch(name, type)) {
                return;
            }
            throw new InvalidContextException(
                    "The context or group '" + name + "' would be a bean of that name, but there is another: "
                            + registry.getBeanDefinition(name) + ".",
                    "Give the context, the group or the other bean another name.");
        }
        BeanDefinition definition = BeanDefinitionBuilder.genericBeanDefinition(type, bean)
                .setPrimary(primary)
                .setLazyInit(true)
                // the broker closes its contexts, all at a time
                .setDestroyMethodName("")
                .getBeanDefinition();
        definition.setAttribute(ValueRules.ATTRIBUTE, byJackson ? ValueRules.JACKSON : ValueRules.FIELDS);
        registry.registerBeanDefinition(name, definition);
    }
}
