package io.econtext.spring.autoconfigure;

import io.econtext.broker.Broker;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.Connector;
import io.econtext.spring.BrokerCustomizer;
import io.econtext.spring.Contexts;
import io.econtext.spring.Specs;
import io.econtext.spring.history.LastFailures;
import io.econtext.spring.history.RecentLogs;
import io.econtext.spring.remotecall.RemoteCallBeans;
import io.econtext.spring.remotecall.RemoteMethodProcessor;
import io.econtext.spring.remotecall.RemoteObjects;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** Configures the broker, its contexts as beans, their events and their life. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "econtext.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EcontextProperties.class)
@Import(ContextBeans.class)
public final class EcontextAutoConfiguration {

    @Bean(destroyMethod = "close")
    @Lazy
    @ConditionalOnMissingBean
    Broker econtextBroker(
            EcontextProperties properties,
            ObjectProvider<Connector<?>> connectors,
            ObjectProvider<BrokerListener> listeners,
            ObjectProvider<BrokerCustomizer> customizers) {
        Broker.Builder builder = Broker.builder()
                .unidirectional(properties.unidirectional())
                .maxOwnChildren(properties.maxOwnChildren())
                .resources(properties.resources().toArray(String[]::new));
        connectors.orderedStream().forEach(builder::connector);
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    static PlannedContexts econtextPlannedContexts(ObjectProvider<ContextPlan> plan) {
        return new PlannedContexts(plan);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Contexts econtextContexts(Broker broker, ListableBeanFactory beans) {
        return new ApplicationContexts(broker, beans);
    }

    @Bean
    @ConditionalOnMissingBean
    Specs econtextSpecs(ContextPlan plan) {
        return new Specs().withDefaults(plan.defaults()).withKeys(plan.keys()::of);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RemoteObjects econtextRemoteObjects(Broker broker) {
        return (context, implementation) -> new BrokerObject(broker.remoteObject(context, implementation));
    }

    @Bean
    static RemoteCallBeans econtextRemoteCallBeans() {
        return new RemoteCallBeans();
    }

    @Bean
    static RemoteMethodProcessor econtextRemoteMethodProcessor() {
        return new RemoteMethodProcessor();
    }

    @Bean
    BrokerLifecycle econtextLifecycle(ConfigurableListableBeanFactory beans, ContextPlan plan) {
        return new BrokerLifecycle(beans, plan);
    }

    @Bean
    EventRelay econtextEventRelay(ApplicationEventPublisher publisher, EcontextProperties properties) {
        return new EventRelay(publisher, properties.events().queue());
    }

    @Bean
    @ConditionalOnMissingBean
    RecentLogs econtextRecentLogs(EcontextProperties properties) {
        return new RecentLogs(properties.logs().capacity());
    }

    @Bean
    @ConditionalOnMissingBean
    LastFailures econtextLastFailures() {
        return new LastFailures();
    }
}
