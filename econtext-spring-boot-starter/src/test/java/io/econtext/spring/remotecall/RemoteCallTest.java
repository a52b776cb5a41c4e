package io.econtext.spring.remotecall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.econtext.RemoteContext;
import io.econtext.spring.GroupCallException;
import io.econtext.spring.RemoteCall;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RemoteCallTest {

    private final ScriptedObjects targets = new ScriptedObjects();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
            .withUserConfiguration(TwoContexts.class)
            .withBean(RemoteObjects.class, () -> targets)
            .withPropertyValues(
                    "econtext.contexts.web1.method=local",
                    "econtext.contexts.web2.method=local",
                    "econtext.groups.web=web2,web1");

    @Test
    void aClassRunsInItsContextAndIsNotMadeHere() {
        DiskReport.made = 0;
        runner.withBean(DiskReport.class).run(context -> {
            DiskReport report = context.getBean(DiskReport.class);
            assertThat(DiskReport.made).isZero();
            assertThat(report.usage("/var")).isEqualTo("/var on web1");
            assertThat(report.usage("/home")).isEqualTo("/home on web1");
            assertThat(DiskReport.made).isOne();
            assertThat(targets.made).containsExactly("DiskReport@web1");
            assertThat(targets.calls).containsExactly("web1 usage [/var] null", "web1 usage [/home] null");
            assertThat(report).hasToString("stand-in of " + DiskReport.class.getName());
        });
    }

    @Test
    void aStandInIsInjectedByTypeNameAndQualifier() {
        runner.withUserConfiguration(Capacity.class).run(context -> {
            assertThat(context.getBean("byType")).isEqualTo("/var on web1");
            assertThat(context.getBean("byQualifier")).isEqualTo("/tmp on web1");
        });
    }

    @Test
    void packagePrivateMethodsRunThereToo() {
        runner.withBean(DiskReport.class)
                .run(context ->
                        assertThat(context.getBean(DiskReport.class).hidden()).isEqualTo("hidden on web1"));
    }

    @Test
    void methodsOfTheSuperclassRunThereToo() {
        runner.withBean(Detailed.class).run(context -> {
            Detailed detailed = context.getBean(Detailed.class);
            assertThat(detailed.inherited()).isEqualTo("inherited on web2");
            assertThat(detailed.overridden()).isEqualTo("new on web2");
        });
    }

    @Test
    void aMethodMaySayOtherwiseThanItsClass() {
        runner.withBean(Mixed.class).run(context -> {
            context.getBean(Mixed.class).usual();
            context.getBean(Mixed.class).elsewhere();
            assertThat(targets.calls).containsExactly("web1 usual [] PT5S", "web2 elsewhere [] PT0.25S");
        });
    }

    @Test
    void aDeclaredExceptionIsThrownAsItIs() {
        runner.withBean(Failing.class)
                .run(context -> assertThatIOException()
                        .isThrownBy(() -> context.getBean(Failing.class).read())
                        .withMessage("no such file"));
    }

    @Test
    void anInterfaceIsFoundAndItsImplementationRunsThere() {
        runner.withUserConfiguration(Application.class).run(context -> {
            HostNames names = context.getBean(HostNames.class);
            assertThat(AopUtils.isJdkDynamicProxy(names)).isTrue();
            assertThat(names.name()).isEqualTo("host web1");
            assertThat(names.greeting("Ada")).isEqualTo("Ada from host web1");
            assertThat(targets.made).containsExactly("LinuxHostNames@web1");
        });
    }

    @Test
    void anExpressionPlacesEachCall() {
        runner.withBean("placement", Places.class).withBean(Tenants.class).run(context -> {
            Tenants tenants = context.getBean(Tenants.class);
            assertThat(tenants.where("small")).isEqualTo("small on web1");
            assertThat(tenants.where("big")).isEqualTo("big on web2");
            assertThat(tenants.numbered(2)).isEqualTo("2 on web2");
            assertThat(targets.made).containsExactly("Tenants@web1", "Tenants@web2");
        });
    }

    @Test
    void anExpressionThatGivesNothingIsExplained() {
        runner.withBean("placement", Places.class)
                .withBean(Tenants.class)
                .run(context -> assertThatIllegalStateException()
                        .isThrownBy(() -> context.getBean(Tenants.class).where("unknown"))
                        .withMessageContaining("#{@placement.of(#tenant)}' gives null"));
    }

    @Test
    void aGroupCollectsWhatEachContextReturnsInItsOrder() {
        runner.withUserConfiguration(Application.class).run(context -> {
            Everywhere everywhere = context.getBean(Everywhere.class);
            assertThat(everywhere.name()).containsExactly("host web2", "host web1");
            assertThat(everywhere.greeting("Ada"))
                    .containsExactly(Map.entry("web2", "Ada from host web2"), Map.entry("web1", "Ada from host web1"));
        });
    }

    @Test
    void aGroupJoinsTheListsAndMapsOfAClass() {
        runner.withBean(Parts.class).run(context -> {
            Parts parts = context.getBean(Parts.class);
            assertThat(parts.list()).containsExactly("a web2", "b web2", "a web1", "b web1");
            assertThat(parts.map()).isEqualTo(Map.of("web1", 1, "web2", 1));
            parts.nothing();
            assertThat(targets.calls).endsWith("web2 nothing [] null", "web1 nothing [] null");
        });
    }

    @Test
    void aGroupCallTellsWhoFailedAndKeepsTheRest() {
        runner.withBean(Parts.class)
                .run(context -> assertThatExceptionOfType(GroupCallException.class)
                        .isThrownBy(() -> context.getBean(Parts.class).failing())
                        .withMessageContaining("failing failed in 1 of the 2 contexts of group web")
                        .satisfies(e -> {
                            assertThat(e.failures()).containsOnlyKeys("web2");
                            assertThat(e.results()).isEqualTo(Map.of("web1", List.of("fine")));
                        }));
    }

    @Test
    void aFutureIsReturnedAtOnce() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        targets.pending.put("web1", answer);
        runner.withBean(Later.class).run(context -> {
            CompletableFuture<String> future = context.getBean(Later.class).one();
            assertThat(future).isNotDone();
            answer.complete("done");
            assertThat(future).isCompletedWithValue("done");
        });
    }

    @Test
    void cancellingAGroupsFutureCancelsItsCalls() {
        CompletableFuture<Object> first = new CompletableFuture<>();
        CompletableFuture<Object> second = new CompletableFuture<>();
        targets.pending.put("web1", first);
        targets.pending.put("web2", second);
        runner.withBean(Later.class).run(context -> {
            context.getBean(Later.class).all().cancel(true);
            assertThat(first).isCancelled();
            assertThat(second).isCancelled();
        });
    }

    @Test
    void closingAStandInClosesItsInstances() {
        runner.withBean(Closing.class).run(context -> {
            Closing closing = context.getBean(Closing.class);
            closing.touch();
            closing.close();
            assertThat(targets.closed).containsExactly("web1");
            closing.touch();
            assertThat(targets.made).hasSize(2);
        });
        // not again when the application ends
        assertThat(targets.closed).hasSize(1);
    }

    @Test
    void aMethodOfAnOrdinaryBeanRunsElsewhereAndTheOthersHere() {
        runner.withBean(Ordinary.class).run(context -> {
            Ordinary ordinary = context.getBean(Ordinary.class);
            assertThat(ordinary.here()).isEqualTo("here null");
            assertThat(ordinary.there()).isEqualTo("there web1");
            assertThat(ordinary.quietlyThere()).isEqualTo("quietly web1");
            assertThat(targets.made).containsExactly("Ordinary@web1");
        });
    }

    static String where() {
        return ScriptedObjects.CONTEXT.get();
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoContexts {
        @Bean
        RemoteContext web1() {
            return new ScriptedContext("web1");
        }

        @Bean
        RemoteContext web2() {
            return new ScriptedContext("web2");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Capacity {
        @Bean
        @Qualifier("disks")
        DiskReport report() {
            throw new AssertionError("is not called, as the instance lives elsewhere");
        }

        @Bean
        String byType(DiskReport report) {
            return report.usage("/var");
        }

        @Bean
        String byQualifier(@Qualifier("disks") DiskReport any) {
            return any.usage("/tmp");
        }
    }

    @RemoteCall("web1")
    static class DiskReport {
        static int made;

        DiskReport() {
            made++;
        }

        public String usage(String path) {
            return path + " on " + where();
        }

        String hidden() {
            return "hidden on " + where();
        }
    }

    static class General {
        public String inherited() {
            return "inherited on " + where();
        }

        public String overridden() {
            return "old";
        }
    }

    @RemoteCall("web2")
    static class Detailed extends General {
        @Override
        public String overridden() {
            return "new on " + where();
        }
    }

    @RemoteCall(value = "web1", timeout = "5s")
    static class Mixed {
        void usual() {}

        @RemoteCall(context = "${nowhere:web2}", timeout = "${nowhere:250ms}")
        void elsewhere() {}
    }

    @RemoteCall("web1")
    static class Failing {
        String read() throws IOException {
            throw new IOException("no such file");
        }
    }

    @RemoteCall(value = "web1", implementation = LinuxHostNames.class)
    interface HostNames {
        String name();

        String greeting(String who);
    }

    @RemoteCall(value = "group:web", implementation = LinuxHostNames.class)
    interface Everywhere {
        List<String> name();

        Map<String, String> greeting(String who);
    }

    static class LinuxHostNames implements HostNames {
        @Override
        public String name() {
            return "host " + where();
        }

        @Override
        public String greeting(String who) {
            return who + " from " + name();
        }
    }

    static class Places {
        public String of(String tenant) {
            return Map.of("small", "web1", "big", "web2").get(tenant);
        }
    }

    @RemoteCall("#{@placement.of(#tenant)}")
    static class Tenants {
        String where(String tenant) {
            return tenant + " on " + RemoteCallTest.where();
        }

        @RemoteCall("web#{#number}")
        String numbered(int number) {
            return number + " on " + RemoteCallTest.where();
        }
    }

    @RemoteCall("group:web")
    static class Parts {
        List<String> list() {
            return List.of("a " + where(), "b " + where());
        }

        Map<String, Integer> map() {
            return Map.of(where(), 1);
        }

        void nothing() {}

        List<String> failing() {
            if (where().equals("web2")) {
                throw new IllegalStateException("broken");
            }
            return List.of("fine");
        }
    }

    @RemoteCall("web1")
    static class Later {
        CompletableFuture<String> one() {
            return CompletableFuture.completedFuture("there");
        }

        @RemoteCall("group:web")
        CompletableFuture<List<String>> all() {
            return CompletableFuture.completedFuture(List.of("there"));
        }
    }

    @RemoteCall("web1")
    static class Closing implements AutoCloseable {
        void touch() {}

        @Override
        public void close() {}
    }

    static class Ordinary {
        String here() {
            return "here " + where();
        }

        @RemoteCall("web1")
        public String there() {
            return "there " + where();
        }

        @RemoteCall("web1")
        String quietlyThere() {
            return "quietly " + where();
        }
    }
}
