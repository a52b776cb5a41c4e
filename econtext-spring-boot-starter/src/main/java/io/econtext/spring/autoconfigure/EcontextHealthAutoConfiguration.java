package io.econtext.spring.autoconfigure;

import io.econtext.spring.Contexts;
import io.econtext.spring.actuate.ContextHealth;
import io.econtext.spring.history.LastFailures;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Configures the health of contexts. */
@AutoConfiguration(
        after = EcontextAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(Contexts.class)
public final class EcontextHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "econtextHealthContributor")
    @ConditionalOnEnabledHealthIndicator("econtext")
    ContextHealth econtextHealthContributor(@Lazy Contexts contexts, LastFailures failures) {
        return new ContextHealth(contexts, failures);
    }
}
