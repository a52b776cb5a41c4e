package io.econtext.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.econtext.ConnectFailedException;
import io.econtext.ContextState;
import io.econtext.Way;
import io.econtext.broker.LogLine;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.ScriptedContexts;
import io.econtext.spring.Specs;
import io.econtext.spring.actuate.EcontextsOperationsEndpoint.Operation;
import io.econtext.spring.history.LastFailures;
import io.econtext.spring.history.RecentLogs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EndpointsTest {

    private final ScriptedContext web1 = new ScriptedContext("web1").in(ContextState.CONNECTED);
    private final ScriptedContext web2 = new ScriptedContext("web2");
    private final LastFailures failures = new LastFailures();
    private final ScriptedContexts contexts = new ScriptedContexts(web1, web2);

    @Test
    void allContextsAreShownAsJson() {
        failures.stateChanged(web2, ContextState.CONNECTED, ContextState.LOST, "exit status 1");

        JsonNode json =
                json(new EcontextsEndpoint(contexts, failures).contexts()).get("contexts");

        assertThat(json).hasSize(2);
        assertThat(json.get(0).get("name").asString()).isEqualTo("web1");
        assertThat(json.get(0).get("state").asString()).isEqualTo("CONNECTED");
        assertThat(json.get(0).get("address").asString()).isEqualTo("ssh://deploy@web1");
        assertThat(json.get(0).get("java").asString()).isEqualTo("17.0.15");
        assertThat(json.get(0).get("counters").get("bytesIn").asLong()).isEqualTo(4);
        assertThat(json.get(0).get("lastFailure").isNull()).isTrue();
        assertThat(json.get(1).get("java").isNull()).isTrue();
        assertThat(json.get(1).get("lastFailure").get("reason").asString()).isEqualTo("exit status 1");
    }

    @Test
    void theTreeIsShownByNames() {
        ScriptedContext root = new ScriptedContext("root").via(web1);
        contexts.add(root);
        EcontextsEndpoint endpoint = new EcontextsEndpoint(contexts, failures);

        JsonNode json = json(endpoint.contexts()).get("contexts");
        assertThat(json.get(0).get("children").get(0).asString()).isEqualTo("web1/root");
        assertThat(json.get(0).get("via").isNull()).isTrue();
        assertThat(json.get(2).get("via").asString()).isEqualTo("web1");
        assertThat(json.get(2).get("id").asInt()).isEqualTo(7);
        assertThat(json.get(2).get("counters").get("refused").asLong()).isEqualTo(10);
        assertThat(endpoint.context("web1", "root")).isNotNull();
        assertThat(endpoint.context("web1", "db")).isNull();
    }

    @Test
    void oneContextIsShownByName() {
        EcontextsEndpoint endpoint = new EcontextsEndpoint(contexts, failures);

        assertThat(endpoint.context("web2")).isNotNull();
        assertThat(endpoint.context("web9")).isNull();
    }

    @Test
    void configuredContextsAreOperatedByName() {
        EcontextsOperationsEndpoint endpoint = new EcontextsOperationsEndpoint(contexts, failures);

        assertThat(endpoint.operate(new String[] {"web2"}, Operation.CONNECT).state())
                .isEqualTo("CONNECTED");
        assertThat(endpoint.operate(new String[] {"web2"}, Operation.PING).detail())
                .isEqualTo("250 µs");
        assertThat(endpoint.operate(new String[] {"web2"}, Operation.CLOSE).state())
                .isEqualTo("CLOSED");
    }

    @Test
    void aFailedOperationSaysWhy() {
        web2.refusing(new ConnectFailedException.Refused("ssh://web2", "nothing listens there", List.of(), null));

        EcontextsOperationsEndpoint.Outcome outcome =
                new EcontextsOperationsEndpoint(contexts, failures).operate(new String[] {"web2"}, Operation.CONNECT);

        assertThat(outcome.done()).isFalse();
        assertThat(outcome.detail()).isEqualTo("ssh://web2: nothing listens there");
    }

    @Test
    void specificationsAndOccasionalContextsAreNotOperated() {
        contexts.making((Way way) -> new ScriptedContext(way.name()))
                .define(new Specs().parse("ssh://other").way(), null);
        EcontextsOperationsEndpoint endpoint = new EcontextsOperationsEndpoint(contexts, failures);

        for (String name : List.of("ssh://elsewhere", "local:", "other", "web9")) {
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.operate(new String[] {name}, Operation.CONNECT))
                    .withMessage("no configured context '" + name + "'");
        }
    }

    @Test
    void recentLinesAreShownByContextAndLevel() {
        RecentLogs logs = new RecentLogs(10);
        logs.logged(line("web1", "INFO", "started"));
        logs.logged(line("web1", "ERROR", "broken"));
        logs.logged(line("web2", "ERROR", "elsewhere"));
        EcontextLogsEndpoint endpoint = new EcontextLogsEndpoint(logs);

        assertThat(endpoint.lines(null, null).lines()).hasSize(3);
        assertThat(endpoint.lines("web1", "warn").lines())
                .extracting(LogLine::message)
                .containsExactly("broken");
        assertThat(json(endpoint.lines("web1", "warn"))
                        .get("lines")
                        .get(0)
                        .get("time")
                        .asString())
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    private static LogLine line(String context, String level, String message) {
        return new LogLine(context, "com.acme.App", level, Instant.EPOCH, "main", message, null, 1);
    }

    private static JsonNode json(Object value) {
        return JsonMapper.builder().build().valueToTree(value);
    }
}
