package io.econtext.spring.remotecall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.econtext.spring.RemoteCall;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is refused when the application starts, and what is said of it. */
class RemoteCallDefinitionTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
            .withPropertyValues("econtext.contexts.web1.method=local", "econtext.groups.web=web1");

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(FinalClass.class, "is final, so that nothing can stand in", "Remove final"),
                Arguments.of(FinalMethod.class, "FinalMethod.run is final", "Remove final"),
                Arguments.of(FinalOwner.class, "is final, so that its methods", "Remove final"),
                Arguments.of(Injected.class, "has no constructor without parameters", "Spring isn't there"),
                Arguments.of(FieldInjected.class, "@Autowired on FieldInjected.other", "as arguments"),
                Arguments.of(MethodInjected.class, "@Autowired on MethodInjected.set", "as arguments"),
                Arguments.of(Initialized.class, "implements InitializingBean", "Spring isn't there"),
                Arguments.of(Inner.class, "is an inner class", "static"),
                Arguments.of(
                        OddParameter.class, "OddParameter.take takes java.lang.Thread, which can't travel", "records"),
                Arguments.of(
                        OddResult.class, "OddResult.open returns java.io.InputStream, which can't travel", "records"),
                Arguments.of(
                        OddElement.class,
                        "OddElement.all returns java.util.List<java.lang.Thread>, which can't travel",
                        "records"),
                Arguments.of(Nowhere.class, "doesn't say where to run", "Name a context"),
                Arguments.of(UnknownContext.class, "no context 'web9'; configured are web1", "Correct the name"),
                Arguments.of(UnknownGroup.class, "no group 'db'; configured are web", "econtext.groups.db"),
                Arguments.of(BadExpression.class, "is no expression", "#{…}"),
                Arguments.of(BadTimeout.class, "timeout 'soon' is no duration", "500ms, 5s or 2m"),
                Arguments.of(
                        OneOfMany.class,
                        "runs in the contexts of a group, but returns java.lang.String",
                        "List or a Map"),
                Arguments.of(PrivateMethod.class, "PrivateMethod.run is private, static or final", "Remove that"),
                Arguments.of(ImplementationOnClass.class, "is a class and itself what runs", "Remove implementation"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aBeanThatCannotWorkFailsAtStartWithACure(Class<?> bean, String problem, String cure) {
        runner.withBean("report", bean).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analysisOf(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .startsWith("@RemoteCall of bean 'report' can't work: ")
                    .contains(problem);
            assertThat(analysis.getAction()).contains(cure);
        });
    }

    @Test
    void privateHelpersMayTakeWhatTheyLike() {
        runner.withBean(PrivateHelper.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void nothingIsConnectedToCheck() {
        runner.withBean(PrivateHelper.class)
                .run(context -> assertThat(context.getBeanFactory().containsSingleton("econtextBroker"))
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(classes = {AnnotatedParameter.class, AnnotatedInGroup.class, AnnotatedSomewhere.class})
    void aTypeWithAnnotationsOfJacksonCanTravelWhereTheContextIsConfiguredForThat(Class<?> bean) {
        runner.withBean("report", bean)
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getAction())
                        .contains("set values=jackson"));
        runner.withBean("report", bean)
                .withPropertyValues("econtext.contexts.web1.values=jackson")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whatCannotTravelByJacksonIsRefusedWhereTheContextIsConfiguredForThat() {
        runner.withBean("report", NamingClasses.class)
                .run(context -> assertThat(context).hasNotFailed());
        runner.withBean("report", NamingClasses.class)
                .withPropertyValues("econtext.defaults.values=jackson")
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .contains("can't travel"));
    }

    private static FailureAnalysis analysisOf(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof FailureAnalyzedException analyzed) {
                return analyzed.analysis();
            }
        }
        throw new AssertionError("not analyzed", failure);
    }

    @RemoteCall("web1")
    static final class FinalClass {}

    @RemoteCall("web1")
    static class FinalMethod {
        final void run() {}
    }

    static final class FinalOwner {
        @RemoteCall("web1")
        void run() {}
    }

    @RemoteCall("web1")
    static class Injected {
        Injected(String other) {
            other.trim();
        }
    }

    @RemoteCall("web1")
    static class FieldInjected {
        @Autowired
        String other;
    }

    @RemoteCall("web1")
    static class MethodInjected {
        @Autowired
        void set(String other) {}
    }

    @RemoteCall("web1")
    static class Initialized implements InitializingBean {
        @Override
        public void afterPropertiesSet() {}
    }

    @RemoteCall("web1")
    class Inner {}

    @RemoteCall("web1")
    static class OddParameter {
        void take(Thread thread) {}
    }

    static final class Account {
        private final String user;

        @JsonCreator
        Account(@JsonProperty("user") String user) {
            this.user = user;
        }

        @JsonProperty
        String user() {
            return user;
        }
    }

    @RemoteCall("web1")
    static class AnnotatedParameter {
        void take(Account account) {}
    }

    @RemoteCall("group:web")
    static class AnnotatedInGroup {
        void take(Account account) {}
    }

    @RemoteCall("#{@somewhere}")
    static class AnnotatedSomewhere {
        Account take(List<Account> accounts) {
            return accounts.get(0);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record ByClass(int size) {}

    @RemoteCall("web1")
    static class NamingClasses {
        void take(ByClass value) {}
    }

    @RemoteCall("web1")
    static class OddResult {
        InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    @RemoteCall("web1")
    static class OddElement {
        CompletableFuture<List<Thread>> all() {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    @RemoteCall
    static class Nowhere {
        void run() {}
    }

    @RemoteCall("web9")
    static class UnknownContext {
        void run() {}
    }

    @RemoteCall("group:db")
    static class UnknownGroup {
        void run() {}
    }

    @RemoteCall("#{1 +}")
    static class BadExpression {
        void run() {}
    }

    @RemoteCall(value = "web1", timeout = "soon")
    static class BadTimeout {
        void run() {}
    }

    @RemoteCall("group:web")
    static class OneOfMany {
        String name() {
            return "";
        }
    }

    static class PrivateMethod {
        @RemoteCall("web1")
        private void run() {}
    }

    @RemoteCall(value = "web1", implementation = String.class)
    static class ImplementationOnClass {}

    @RemoteCall("web1")
    static class PrivateHelper {
        void run() {
            help(Thread.currentThread());
        }

        private void help(Thread thread) {
            thread.getName();
        }
    }
}
