package io.econtext.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.econtext.broker.LogLine;
import io.econtext.levels.Levels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;

class LogbackBackendTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00.123Z");

    private final LoggerContext loggers = new LoggerContext();
    private final Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final LogbackBackend backend = new LogbackBackend(loggers);

    LogbackBackendTest() {
        root.setLevel(Level.INFO);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stop() {
        loggers.stop();
    }

    @Test
    void anEventHasWhatTheLineHadOnTheTarget() {
        backend.log(
                new LogLine(
                        "web1.example",
                        "com.acme.Disk",
                        "WARN",
                        TIME,
                        "a thread",
                        "nearly full",
                        null,
                        1,
                        Map.of("tenant", "a"),
                        Map.of("disk", "7"),
                        List.of("AUDIT")),
                null);
        ILoggingEvent event = appender.list.get(0);
        assertThat(event.getLoggerName()).isEqualTo("econtext.ctx.web1_example.com.acme.Disk");
        assertThat(event.getLevel()).isEqualTo(Level.WARN);
        assertThat(event.getInstant()).isEqualTo(TIME);
        assertThat(event.getThreadName()).isEqualTo("a thread");
        assertThat(event.getFormattedMessage()).isEqualTo("nearly full");
        assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("tenant", "a"));
        assertThat(event.getKeyValuePairs()).hasToString("[disk=\"7\"]");
        assertThat(event.getMarkerList()).extracting(Marker::getName).containsExactly("AUDIT");
    }

    @Test
    void theLevelOfANamesakeCountsWhereNoneIsSetForTheContext() {
        loggers.getLogger("com.acme").setLevel(Level.DEBUG);
        assertThat(Levels.of("com.acme.Disk", backend.levels("web1"))).isEqualTo(500);
        backend.log(line("com.acme.Disk", "DEBUG"), null);
        backend.log(line("com.other", "DEBUG"), null);
        assertThat(appender.list)
                .extracting(ILoggingEvent::getLoggerName)
                .containsExactly("econtext.ctx.web1.com.acme.Disk");
    }

    @Test
    void aChangeIsSeenAtOnceAndNoChangeIsTheSameAnswer() {
        Map<String, Integer> before = backend.levels("web1");
        assertThat(backend.levels("web1")).isSameAs(before);
        loggers.getLogger("econtext.ctx.web1.stdout").setLevel(Level.OFF);
        assertThat(Levels.of("stdout", backend.levels("web1"))).isEqualTo(Integer.MAX_VALUE);
        backend.log(line("stdout", "INFO"), null);
        assertThat(appender.list).isEmpty();
        loggers.reset();
        loggers.getLogger("econtext.ctx").setLevel(Level.TRACE);
        assertThat(backend.levels("web1")).containsEntry("", 300);
    }

    @Test
    void namesThatAContextMakesUpLeaveNoLoggers() {
        int before = loggers.getLoggerList().size();
        for (int i = 0; i < 1000; i++) {
            backend.log(line("a.b" + i + ".C$D" + i, "WARN"), null);
        }
        assertThat(loggers.getLoggerList()).hasSize(before);
        assertThat(appender.list)
                .hasSize(1000)
                .last()
                .satisfies(event -> assertThat(event.getLoggerName()).isEqualTo("econtext.ctx.web1.a.b999.C$D999"));
    }

    @Test
    void anAppenderOfALoggerGetsItsLinesFromWhenItIsThere() {
        ListAppender<ILoggingEvent> own = new ListAppender<>();
        own.start();
        backend.log(line("com.acme.Disk", "WARN"), null);
        loggers.getLogger("econtext.ctx.web1.com.acme").addAppender(own);
        backend.log(line("com.acme.Disk", "WARN"), null);
        assertThat(own.list).hasSize(1);
        assertThat(appender.list).hasSize(2);
    }

    @Test
    void contextsThatWereManyAreForgotten() {
        Map<String, Integer> first = backend.levels("web1");
        for (int i = 0; i < 1000; i++) {
            backend.levels("worker" + i);
        }
        assertThat(backend.levels("web1")).isEqualTo(first).isNotSameAs(first);
    }

    private static LogLine line(String logger, String level) {
        return new LogLine("web1", logger, level, TIME, "", "line", null, 1);
    }
}
