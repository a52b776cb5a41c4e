package io.econtext.spring.autoconfigure;

import io.econtext.broker.Broker;
import io.econtext.spring.Contexts;
import io.econtext.spring.actuate.ContextMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures meters of contexts. */
@AutoConfiguration(
        after = EcontextAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Contexts.class, MeterRegistry.class})
public final class EcontextMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ContextMeters econtextMeters(ContextPlan plan, ObjectProvider<Contexts> contexts, ObjectProvider<Broker> broker) {
        return new ContextMeters(plan.contexts().keySet(), contexts, broker);
    }
}
