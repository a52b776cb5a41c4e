package io.econtext.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextState;
import io.econtext.Way;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.ScriptedContexts;
import io.econtext.spring.Specs;
import io.econtext.spring.history.LastFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

class ContextHealthTest {

    private final ScriptedContext web1 = new ScriptedContext("web1");
    private final ScriptedContexts contexts = new ScriptedContexts(web1);
    private final LastFailures failures = new LastFailures();
    private final ContextHealth health = new ContextHealth(contexts, failures);

    @ParameterizedTest
    @CsvSource({
        "NEW, UNKNOWN",
        "CONNECTING, UNKNOWN",
        "CONNECTED, UP",
        "CLOSING, UNKNOWN",
        "CLOSED, UNKNOWN",
        "LOST, DOWN"
    })
    void onlyALostContextIsDown(ContextState state, String status) {
        web1.in(state);

        assertThat(healthOf("web1").getStatus().getCode()).isEqualTo(status);
        assertThat(web1.state()).isEqualTo(state);
    }

    @Test
    void aLossIsExplained() {
        failures.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "exit status 1");

        assertThat(healthOf("web1").getDetails())
                .containsEntry("lastFailure", "exit status 1")
                .containsEntry("address", "ssh://deploy@web1");
    }

    @Test
    void aContextBehindALostOneSaysSo() {
        ScriptedContext root = new ScriptedContext("root").via(web1);
        contexts.add(root, new ScriptedContext("app").via(root));

        assertThat(healthOf("web1/root/app").getDetails()).doesNotContainKey("via");
        web1.in(ContextState.LOST);
        assertThat(healthOf("web1/root/app").getDetails()).containsEntry("via", "web1 is LOST");
        assertThat(healthOf("web1/root/app").getStatus().getCode()).isEqualTo("UNKNOWN");
    }

    @Test
    void onlyConfiguredContextsCount() {
        contexts.making((Way way) -> new ScriptedContext(way.name()))
                .define(new Specs().parse("ssh://other").way(), null);

        assertThat(health.stream().map(HealthContributors.Entry::name)).containsExactly("web1");
        assertThat(health.getContributor("other")).isNull();
    }

    private Health healthOf(String name) {
        return ((HealthIndicator) health.getContributor(name)).health();
    }
}
