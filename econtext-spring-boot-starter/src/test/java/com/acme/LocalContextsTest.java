package com.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.spring.ContextStateEvent;
import io.econtext.spring.ContextStateEvent.Kind;
import io.econtext.spring.Contexts;
import io.econtext.spring.GroupCallException;
import io.econtext.spring.RemoteCall;
import io.econtext.spring.RemoteLogEvent;
import io.econtext.spring.actuate.ContextDescription;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import io.econtext.spring.history.LastFailures;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The starter on real contexts, which are processes of this machine; in a package like an application's. */
class LocalContextsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withBean(Reports.class)
            .withPropertyValues(
                    "econtext.contexts.one.method=local",
                    "econtext.contexts.two.method=local",
                    "econtext.groups.both=two,one");

    @Test
    void remoteCallBeansRunInTheirContexts() {
        runner.run(context -> {
            Reports reports = context.getBean(Reports.class);
            assertThat(reports.greet(new Person("Ada", List.of(1, 2)))).isEqualTo(new Greeting("hello Ada", 3, "one"));
            assertThat(reports.later().get()).isEqualTo("two");
            assertThat(reports.count()).isOne();
            assertThat(reports.count()).isEqualTo(2);
            assertThatIOException().isThrownBy(reports::fail).withMessage("no such report");
            assertThat(reports.everywhere()).containsExactly("from two", "from one");
            assertThatExceptionOfType(GroupCallException.class)
                    .isThrownBy(reports::failInOne)
                    .satisfies(e -> assertThat(e.results()).containsOnlyKeys("two"));

            Names names = context.getBean(Names.class);
            assertThat(names.name()).containsExactly(Map.entry("two", "two"), Map.entry("one", "one"));
            assertThat(names.nameLater().get()).containsExactly("two", "one");
        });
    }

    @Test
    void aTestPutsContextsIntoThisJvmWhateverIsConfigured() {
        runner.withPropertyValues(
                        "econtext.contexts.one.method=in-process",
                        "econtext.contexts.one.host=one.example",
                        "econtext.contexts.one.user=deploy")
                .run(context -> {
                    assertThat(context.getBean(Reports.class).greet(new Person("Ada", List.of())))
                            .isEqualTo(new Greeting("hello Ada", 0, "one"));
                    assertThat(context.getBean("one", RemoteContext.class).address())
                            .isEqualTo("in-process:");
                });
    }

    @Test
    void anInstanceIsMadeAnewAfterAReconnect() {
        runner.run(context -> {
            Reports reports = context.getBean(Reports.class);
            reports.count();
            assertThat(reports.count()).isEqualTo(2);
            RemoteContext one = context.getBean("one", RemoteContext.class);
            one.close();
            one.connect();
            assertThat(reports.count()).isOne();
        });
    }

    @Test
    void linesAndLivesBecomeEvents() {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        runner.withBean(Listener.class, () -> new Listener(heard)).run(context -> {
            context.getBean(Reports.class).log();
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new ContextStateEvent("one", Kind.CONNECTED, ""));
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("one: written there");
            context.getBean("one", RemoteContext.class).close();
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new ContextStateEvent("one", Kind.CLOSED, ""));
        });
    }

    @Test
    void eagerContextsConnectInTheBackgroundAndMayFail() {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        runner.withBean(Listener.class, () -> new Listener(heard))
                .withPropertyValues("econtext.contexts.one.eager=true", "econtext.contexts.one.java=/no/such/java")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new ContextStateEvent("one", Kind.LOST, ""));
                    ContextDescription described = ContextDescription.of(
                            context.getBean("one", RemoteContext.class),
                            context.getBean(Contexts.class),
                            context.getBean(LastFailures.class));
                    assertThat(described.lastFailure().reason()).contains("/no/such/java");
                });
    }

    @Test
    void resourcesOfTheApplicationStayHereUnlessTheyAreListed() {
        runner.run(
                context -> assertThat(context.getBean(Reports.class).prices()).isNull());
        runner.withPropertyValues("econtext.resources=com/acme/tariffs.yml,com/acme/prices.yml")
                .run(context ->
                        assertThat(context.getBean(Reports.class).prices()).isEqualTo("apples: 3"));
    }

    @Test
    void contextsEndWithTheApplication() {
        RemoteContext[] one = new RemoteContext[1];
        runner.run(context -> {
            one[0] = context.getBean("one", RemoteContext.class).connect();
            assertThat(context.getBean(Contexts.class).counters("one").bytesOut())
                    .isPositive();
            assertThat(context.getBean(Broker.class).contexts()).contains(one[0]);
        });
        assertThat(one[0].state()).isEqualTo(ContextState.CLOSED);
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {}

    record Person(String name, List<Integer> numbers) {}

    record Greeting(String text, int sum, String from) {}

    @RemoteCall("one")
    static class Reports {
        private int calls;

        Greeting greet(Person person) {
            int sum = person.numbers().stream().mapToInt(Integer::intValue).sum();
            return new Greeting(
                    "hello " + person.name(), sum, Econtext.current().name());
        }

        @RemoteCall("#{'t' + 'wo'}")
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(() -> Econtext.current().name());
        }

        synchronized int count() {
            return ++calls;
        }

        void fail() throws IOException {
            throw new IOException("no such report");
        }

        String prices() throws IOException {
            try (InputStream in = Reports.class.getResourceAsStream("prices.yml")) {
                return in == null ? null : new String(in.readAllBytes()).strip();
            }
        }

        void log() {
            Logger.getLogger("reports").info("written there");
        }

        @RemoteCall("group:both")
        List<String> everywhere() {
            return List.of("from " + Econtext.current().name());
        }

        @RemoteCall("group:both")
        List<String> failInOne() {
            if (Econtext.current().name().equals("one")) {
                throw new IllegalStateException("broken");
            }
            return List.of("fine");
        }
    }

    @RemoteCall(value = "group:both", implementation = RealNames.class)
    interface Names {
        Map<String, String> name();

        CompletableFuture<List<String>> nameLater();
    }

    static class RealNames {
        String name() {
            return Econtext.current().name();
        }

        String nameLater() {
            return name();
        }
    }

    record Listener(BlockingQueue<Object> heard) {

        @EventListener
        void on(RemoteLogEvent event) {
            heard.add(event.context() + ": " + event.line().message());
        }

        @EventListener
        void on(ContextStateEvent event) {
            heard.add(new ContextStateEvent(event.context(), event.kind(), ""));
        }
    }
}
