package io.econtext.spring.autoconfigure;

import io.econtext.broker.Broker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Makes the configured contexts known to the broker as soon as there is one, whoever made it.
 *
 * <p>Stateless.
 */
final class PlannedContexts implements BeanPostProcessor {
    private final ObjectProvider<ContextPlan> plan;

    PlannedContexts(ObjectProvider<ContextPlan> plan) {
        this.plan = plan;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Broker broker) {
            plan.getObject().defineIn(broker);
        }
        return bean;
    }
}
