package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.broker.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OverEveryWay
class LogsIT extends Behaviour {
    private static final int FINE = 500;
    private static final int INFO = 800;
    private static final int SEVERE = 1000;

    @AfterEach
    void theUsual() {
        printed.wants(Map.of("", INFO));
    }

    @Test
    void whatAContextDoesByItselfIsDebug() {
        printed.wants(Map.of("", INFO, "io.econtext", FINE));
        RemoteContext fresh = connect("watched");
        try {
            fresh.run(Logging::info, "com.acme.watched", 0, 1);
            await().untilAsserted(() -> assertThat(printed.lines(line ->
                            line.context().equals("watched") && line.logger().equals("io.econtext.calls")))
                    .extracting(LogLine::message)
                    .anyMatch(text -> text.matches(".*Logging#info.* done in \\d+ µs")));
            if (wayIn == WayIn.IN_PROCESS) { // the others may have been sent ahead all that they need
                assertThat(printed.of("io.econtext.classes")).anyMatch(text -> text.startsWith("asked for "));
            }
        } finally {
            broker.remove("watched");
        }
    }

    @Test
    void whatIsLoggedByTheJdkArrives() {
        Instant before = Instant.now().minusMillis(1);
        context.run(Logging::byJul, "by jul");
        context.run(Logging::bySystemLogger, "by a system logger");
        LogLine jul = printed.line("by jul");
        assertThat(jul.context()).isEqualTo("there");
        assertThat(jul.logger()).isEqualTo(Logging.LOGGER);
        assertThat(jul.level()).isEqualTo("WARN");
        assertThat(jul.thread()).isEqualTo("econtext-worker");
        assertThat(jul.time()).isBetween(before, Instant.now());
        assertThat(jul.throwable())
                .startsWith("java.lang.IllegalStateException: outer\n\tat io.econtext.tests.behaviour.Logging.byJul(")
                .contains("\nCaused by: java.lang.Exception: inner\n");
        assertThat(printed.line("by a system logger").logger()).isEqualTo(Logging.LOGGER);
    }

    @Test
    void whatIsLoggedBySlf4jArrivesWithAllThatGoesWithIt() throws InterruptedException {
        context.run(Logging::bySlf4j, "by slf4j", "a thread");
        LogLine plain = printed.line("by slf4j x");
        assertThat(plain.logger()).isEqualTo(Logging.LOGGER);
        assertThat(plain.level()).isEqualTo("WARN");
        assertThat(plain.thread()).isEqualTo("a thread");
        assertThat(plain.mdc()).containsExactly(Map.entry("tenant", "ä␛[31m"));
        assertThat(plain.markers()).containsExactly("AUDIT");
        assertThat(plain.throwable()).startsWith("java.lang.Exception: outer\n\tat ");
        LogLine fluent = printed.line("by slf4j fluently");
        assertThat(fluent.level()).isEqualTo("ERROR");
        assertThat(fluent.markers()).containsExactly("AUDIT");
        assertThat(fluent.keyValues()).containsExactly(Map.entry("disk", "7"));
        assertThat(fluent.throwable()).isNull();
    }

    @Test
    void whatIsEnabledThereIsWhatIsWantedHere() {
        printed.wants(Map.of("", INFO, "com.acme", FINE, "com.acme.Quiet", SEVERE));
        RemoteContext fresh = connect("levels");
        try {
            assertThat(fresh.call(Logging::isDebug, "com.acme.Disk")).isTrue();
            assertThat(fresh.call(Logging::isDebug, "com.acme.Quiet")).isFalse();
            assertThat(fresh.call(Logging::isDebug, "com.else")).isFalse();
            if (wayIn != WayIn.IN_PROCESS) {
                assertThat(fresh.call(Logging::isFine, "com.acme.Disk")).isTrue();
                assertThat(fresh.call(Logging::isFine, "com.acme.Quiet")).isFalse();
                assertThat(fresh.call(Logging::isFine, "com.else")).isFalse();
            }
        } finally {
            broker.remove("levels");
        }
    }

    @Test
    void levelsAreFollowed() {
        printed.wants(Map.of("", FINE));
        await().untilAsserted(() ->
                assertThat(context.call(Logging::isDebug, "com.follow.Me")).isTrue());
        printed.wants(Map.of("", FINE, "com.follow", INFO));
        await().untilAsserted(() ->
                assertThat(context.call(Logging::isDebug, "com.follow.Me")).isFalse());
        assertThat(context.call(Logging::isDebug, "com.other")).isTrue();
        if (wayIn != WayIn.IN_PROCESS) { // shares its host's
            await().untilAsserted(() ->
                    assertThat(context.call(Logging::isFine, "com.follow.Me")).isFalse());
        }
        printed.wants(Map.of("", FINE));
        await().untilAsserted(() ->
                assertThat(context.call(Logging::isDebug, "com.follow.Me")).isTrue());
        if (wayIn != WayIn.IN_PROCESS) {
            await().untilAsserted(() ->
                    assertThat(context.call(Logging::isFine, "com.follow.Me")).isTrue());
        }
    }

    @Test
    void aMillionLinesThatAreNotWantedAreNotAByte() {
        printed.wants(Map.of("", INFO));
        RemoteContext quiet = connect(
                "quiet",
                ContextOptions.builder()
                        .connectTimeout(PATIENCE)
                        .callTimeout(PATIENCE)
                        .heartbeat(Duration.ofHours(1))
                        .build());
        try {
            quiet.call(Logging::debug, 1);
            // what the first calls made it load is told a while later
            await().until(() -> bytesOf(quiet, 0) == bytesOf(quiet, 0));
            long forNothing = bytesOf(quiet, 0);
            // a link that is another context's too has that one's signs of life
            long beats = parent == null ? 0 : 4096;
            assertThat(bytesOf(quiet, 1_000_000)).isBetween(forNothing - beats, forNothing + beats);
        } finally {
            broker.remove("quiet");
        }
    }

    private long bytesOf(RemoteContext quiet, int lines) {
        String link = parent == null ? "quiet" : parent.name();
        long before = broker.counters(link).bytesIn();
        quiet.call(Logging::debug, lines);
        return broker.counters(link).bytesIn() - before;
    }

    @Test
    void linesOfACallArriveBeforeItsResultAndInOrder() {
        for (int i = 0; i < 200; i++) {
            context.run(Logging::info, "com.acme.order", 10 * i, 10);
            assertThat(printed.of("com.acme.order")).hasSize(10 * (i + 1));
        }
        assertThat(printed.of("com.acme.order"))
                .isEqualTo(IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
    }

    @Test
    void classesThatAreLoadedWhileALineIsMadeHoldUpNothing() {
        RemoteContext fresh = connect("loading");
        try {
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(fresh.runAsync(Logging::infoWithClasses, i));
            }
            CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
            assertThat(printed.lines(line ->
                            line.context().equals("loading") && line.message().equals("slf4j a name")))
                    .hasSize(8);
            assertThat(printed.of("com.acme.loading")).contains("handled by a class that was needed");
        } finally {
            broker.remove("loading");
        }
    }
}
