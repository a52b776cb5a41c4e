package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.Broker;
import io.econtext.spring.actuate.ContextHealth;
import io.econtext.spring.actuate.ContextMeters;
import io.econtext.spring.actuate.EcontextLogsEndpoint;
import io.econtext.spring.actuate.EcontextsEndpoint;
import io.econtext.spring.actuate.EcontextsOperationsEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is there only with the technology it is for. */
class OptionalAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EcontextAutoConfiguration.class,
                    EcontextEndpointAutoConfiguration.class,
                    EcontextHealthAutoConfiguration.class,
                    EcontextMetricsAutoConfiguration.class))
            .withPropertyValues("econtext.contexts.web1.method=local");
    private final ApplicationContextRunner withActuator =
            runner.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class));

    @Test
    void endpointsAreThereWhereTheyAreExposed() {
        withActuator.run(context -> assertThat(context).doesNotHaveBean(EcontextsEndpoint.class));
        withActuator
                .withPropertyValues("management.endpoints.web.exposure.include=econtexts,econtextlogs")
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(EcontextsEndpoint.class)
                            .doesNotHaveBean(EcontextsOperationsEndpoint.class)
                            .hasSingleBean(EcontextLogsEndpoint.class);
                    assertThat(context.getBean(EcontextsEndpoint.class)
                                    .contexts()
                                    .contexts())
                            .hasSize(1);
                });
    }

    @Test
    void operationsAreThereWhereTheyAreEnabled() {
        withActuator
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=econtexts", "econtext.endpoint.operations=true")
                .run(context -> assertThat(context).hasSingleBean(EcontextsOperationsEndpoint.class));
    }

    @Test
    void healthIsThereUnlessItIsOff() {
        runner.run(context ->
                assertThat(context.getBean(ContextHealth.class).stream()).hasSize(1));
        runner.withPropertyValues("management.health.econtext.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ContextHealth.class));
    }

    @Test
    void metersAreThereWithARegistry() {
        runner.run(context -> assertThat(context).doesNotHaveBean(ContextMeters.class));
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasSingleBean(ContextMeters.class));
    }

    @Test
    void nothingOfItIsThereWithoutEcontext() {
        runner.withPropertyValues("econtext.enabled=false", "management.endpoints.web.exposure.include=*")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(EcontextsEndpoint.class)
                        .doesNotHaveBean(ContextHealth.class)
                        .doesNotHaveBean(ContextMeters.class));
    }

    @Test
    void theRestIsThereWithoutTheOptionalLibraries() {
        runner.withClassLoader(new FilteredClassLoader(
                        Endpoint.class.getPackageName().replace(".endpoint.annotation", ""),
                        HealthIndicator.class.getPackageName().replace(".contributor", ""),
                        "io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Broker.class));
    }
}
