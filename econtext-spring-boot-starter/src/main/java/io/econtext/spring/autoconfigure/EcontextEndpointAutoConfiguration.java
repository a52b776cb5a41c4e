package io.econtext.spring.autoconfigure;

import io.econtext.spring.Contexts;
import io.econtext.spring.actuate.EcontextLogsEndpoint;
import io.econtext.spring.actuate.EcontextsEndpoint;
import io.econtext.spring.actuate.EcontextsOperationsEndpoint;
import io.econtext.spring.history.LastFailures;
import io.econtext.spring.history.RecentLogs;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Configures the actuator endpoints. */
@AutoConfiguration(after = EcontextAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Contexts.class)
public final class EcontextEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(EcontextsEndpoint.class)
    EcontextsEndpoint econtextsEndpoint(@Lazy Contexts contexts, LastFailures failures, EcontextProperties properties) {
        return properties.endpoint().operations()
                ? new EcontextsOperationsEndpoint(contexts, failures)
                : new EcontextsEndpoint(contexts, failures);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(EcontextLogsEndpoint.class)
    EcontextLogsEndpoint econtextLogsEndpoint(RecentLogs logs) {
        return new EcontextLogsEndpoint(logs);
    }
}
