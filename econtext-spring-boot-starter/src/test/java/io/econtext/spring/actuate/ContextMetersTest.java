package io.econtext.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextState;
import io.econtext.broker.Broker;
import io.econtext.spring.Contexts;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.ScriptedContexts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ContextMetersTest {

    private final ScriptedContext web1 = new ScriptedContext("web1");
    private final Broker broker = Broker.create();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ContextMeters meters = meters();

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    @Test
    void callsAreTimedByMethodAndOutcome() {
        meters.stateChanged(web1, ContextState.CONNECTING, ContextState.CONNECTED, "");
        meters.called(web1, "Disk#usage", Duration.ofMillis(5), null);
        meters.called(web1, "Disk#usage", Duration.ofMillis(7), new IllegalStateException());

        assertThat(registry.get("econtext.calls")
                        .tags("context", "web1", "method", "Disk#usage", "outcome", "success")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(5);
        assertThat(registry.get("econtext.calls")
                        .tag("outcome", "IllegalStateException")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void trafficIsCountedFromTheFirstConnectionOn() {
        assertThat(registry.find("econtext.bytes").meters()).isEmpty();

        meters.stateChanged(web1, ContextState.CONNECTING, ContextState.CONNECTED, "");

        assertThat(registry.get("econtext.bytes")
                        .tag("direction", "in")
                        .functionCounter()
                        .count())
                .isEqualTo(4);
        assertThat(registry.get("econtext.classes").functionCounter().count()).isEqualTo(7);
        assertThat(registry.get("econtext.classes.hits").functionCounter().count())
                .isEqualTo(11);
        assertThat(registry.get("econtext.refused")
                        .tag("context", "web1")
                        .functionCounter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void refusedCallBacksAreCountedFromTheFirstAttemptToConnectOn() {
        assertThat(registry.find("econtext.callbacks.refused").meters()).isEmpty();

        meters.stateChanged(web1, ContextState.NEW, ContextState.CONNECTING, "");

        assertThat(registry.get("econtext.callbacks.refused").functionCounter().count())
                .isZero();
    }

    @Test
    void contextsOfAnOccasionMakeNoMeters() {
        ScriptedContext other = new ScriptedContext("other");
        meters.stateChanged(other, ContextState.CONNECTING, ContextState.CONNECTED, "");
        meters.called(other, "Disk#usage", Duration.ofMillis(5), null);

        assertThat(registry.getMeters()).isEmpty();
    }

    private ContextMeters meters() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("contexts", new ScriptedContexts(web1));
        beans.addBean("broker", broker);
        ContextMeters made = new ContextMeters(
                Set.of("web1"), beans.getBeanProvider(Contexts.class), beans.getBeanProvider(Broker.class));
        made.bindTo(registry);
        return made;
    }
}
