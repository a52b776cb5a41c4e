package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.spring.BrokerCustomizer;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.Contexts;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class EcontextAutoConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class));

    @Test
    void isOffByProperty() {
        runner.withPropertyValues("econtext.enabled=false", "econtext.contexts.web1.method=local")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Broker.class)
                        .doesNotHaveBean(RemoteContext.class)
                        .doesNotHaveBean(Contexts.class));
    }

    @Test
    void makesNoBrokerBeforeItIsNeeded() {
        runner.withPropertyValues("econtext.contexts.web1.method=local").run(context -> {
            assertThat(context.getBeanFactory().containsSingleton("econtextBroker"))
                    .isFalse();
            assertThat(context.getBean("web1", RemoteContext.class).name()).isEqualTo("web1");
            assertThat(context.getBeanFactory().containsSingleton("econtextBroker"))
                    .isTrue();
        });
    }

    @Test
    void anInjectedContextIsNotConnected() {
        runner.withPropertyValues("econtext.contexts.web1.host=web1.example")
                .run(context ->
                        assertThat(context.getBean(RemoteContext.class).state()).isEqualTo(ContextState.NEW));
    }

    @Test
    void aTunnelledHostIsThisProgramsOwnBusiness() {
        runner.withPropertyValues(
                        "econtext.contexts.gate.method=local",
                        "econtext.contexts.web1.host=web1.example",
                        "econtext.contexts.web1.via=gate",
                        "econtext.contexts.web1.tunnelled=true",
                        "econtext.contexts.web1.pinned-key=SHA256:abc")
                .run(context -> assertThat(context.getBean("web1", RemoteContext.class)
                                .via()
                                .name())
                        .isEqualTo("gate"));
    }

    @Test
    void theOnlyContextIsInjectedByType() {
        runner.withPropertyValues("econtext.contexts.web1.method=local")
                .withUserConfiguration(ByType.class)
                .run(context -> assertThat(context.getBean(Holder.class).name()).isEqualTo("web1"));
    }

    @Test
    void thePrimaryContextIsInjectedByType() {
        runner.withPropertyValues(
                        "econtext.contexts.web1.method=local",
                        "econtext.contexts.web2.method=local",
                        "econtext.contexts.web2.primary=true")
                .withUserConfiguration(ByType.class)
                .run(context -> assertThat(context.getBean(Holder.class).name()).isEqualTo("web2"));
    }

    @Test
    void oneOfSeveralContextsIsInjectedByNameOrQualifier() {
        runner.withPropertyValues(
                        "econtext.contexts.web1.method=local", "econtext.contexts.[web2.example].method=local")
                .withUserConfiguration(ByName.class)
                .run(context -> {
                    assertThat(context.getBean("byName", Holder.class).name()).isEqualTo("web1");
                    assertThat(context.getBean("byQualifier", Holder.class).name())
                            .isEqualTo("web2.example");
                });
    }

    @Test
    void allContextsAreInjectedAsAMapInTheConfiguredOrder() {
        runner.withPropertyValues(
                        "econtext.contexts.zeta.method=local",
                        "econtext.contexts.alpha.method=local",
                        "econtext.groups.web=zeta,beta[1:2]")
                .withUserConfiguration(AsMap.class)
                .run(context -> {
                    assertThat(context.getBean(AllNames.class).names())
                            .containsExactly("zeta", "alpha", "beta1", "beta2");
                    assertThat(context.getBean(Contexts.class).all())
                            .extracting(RemoteContext::name)
                            .containsExactly("zeta", "alpha", "beta1", "beta2");
                });
    }

    @Test
    void aGroupIsABeanOfItsName() {
        runner.withPropertyValues(
                        "econtext.contexts.web1.method=local",
                        "econtext.defaults.user=deploy",
                        "econtext.groups.web=web1,web[2:3].example,ssh://root@db?name=db")
                .run(context -> {
                    ContextGroup web = context.getBean("web", ContextGroup.class);
                    assertThat(web.contexts())
                            .extracting(RemoteContext::address)
                            .containsExactly(
                                    "local:",
                                    "ssh://deploy@web2.example",
                                    "ssh://deploy@web3.example",
                                    "ssh://root@db");
                    assertThat(context.getBean(Contexts.class).group("web")).isEqualTo(web);
                });
    }

    @Test
    void beansOfTheApplicationTakeTheContextsPlace() {
        runner.withPropertyValues("econtext.contexts.web1.method=local")
                .withUserConfiguration(OwnContext.class)
                .run(context -> {
                    assertThat(context.getBean("web1")).isInstanceOf(ScriptedContext.class);
                    assertThat(context.getBean(Contexts.class).named("web1")).isInstanceOf(ScriptedContext.class);
                });
    }

    @Test
    void customizersHaveASayInOrder() {
        runner.withUserConfiguration(Customized.class).run(context -> {
            context.getBean(Broker.class);
            assertThat(context.getBean(Customized.class).calls).containsExactly("first", "second");
        });
    }

    @Test
    void anOwnBrokerKnowsTheConfiguredContexts() {
        runner.withPropertyValues("econtext.contexts.web1.method=local")
                .withUserConfiguration(OwnBroker.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(Broker.class).hasBean("mine");
                    assertThat(context.getBean(Broker.class).context("web1").name())
                            .isEqualTo("web1");
                });
    }

    @Test
    void contextsCloseAfterTheWebServer() {
        runner.run(context -> assertThat(context.getBean(BrokerLifecycle.class).getPhase())
                // where Spring Boot stops web servers
                .isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048));
    }

    @Test
    void optionsComeFromTheContextThenTheDefaultsThenTheLibrary() {
        runner.withPropertyValues(
                        "econtext.defaults.java=/opt/java",
                        "econtext.defaults.workers=3",
                        "econtext.defaults.values=jackson",
                        "econtext.defaults.environment.LANG=C",
                        "econtext.contexts.web1.method=local",
                        "econtext.contexts.web1.workers=4",
                        "econtext.contexts.web1.on-stuck=end-context",
                        "econtext.contexts.web1.max-heap=64MB",
                        "econtext.contexts.web1.environment.TZ=UTC")
                .run(context -> {
                    Way way = context.getBean(ContextPlan.class)
                            .contexts()
                            .get("web1")
                            .way();
                    assertThat(way.options().java()).isEqualTo("/opt/java");
                    assertThat(way.options().workers()).isEqualTo(4);
                    assertThat(way.options().isEndedWhenStuck()).isTrue();
                    assertThat(way.options().hasValuesByJackson()).isTrue();
                    assertThat(way.options().maxHeap()).isEqualTo("65536k");
                    assertThat(way.options().environment()).isEqualTo(Map.of("LANG", "C", "TZ", "UTC"));
                    assertThat(way.options().grace()).isEqualTo(ContextOptions.DEFAULTS.grace());
                });
    }

    @Test
    void specificationsShareTheDefaults() {
        runner.withPropertyValues("econtext.defaults.java=/opt/java")
                .run(context -> assertThat(context.getBean(Specs.class)
                                .parse("local:")
                                .way()
                                .options()
                                .java())
                        .isEqualTo("/opt/java"));
    }

    record Holder(String name) {}

    record AllNames(List<String> names) {}

    @Configuration(proxyBeanMethods = false)
    static class ByType {
        @Bean
        Holder holder(RemoteContext any) {
            return new Holder(any.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByName {
        @Bean
        Holder byName(RemoteContext web1) {
            return new Holder(web1.name());
        }

        @Bean
        Holder byQualifier(@Qualifier("web2.example") RemoteContext database) {
            return new Holder(database.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AsMap {
        @Bean
        AllNames all(Map<String, RemoteContext> contexts) {
            return new AllNames(List.copyOf(contexts.keySet()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnContext {
        @Bean
        RemoteContext web1() {
            return new ScriptedContext("web1");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBroker {
        @Bean
        Broker mine() {
            return Broker.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {
        final List<String> calls = new ArrayList<>();

        @Bean
        @Order(2)
        BrokerCustomizer second() {
            return builder -> calls.add("second");
        }

        @Bean
        @Order(1)
        BrokerCustomizer first() {
            return builder -> calls.add("first");
        }
    }
}
