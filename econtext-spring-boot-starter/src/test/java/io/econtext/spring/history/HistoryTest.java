package io.econtext.spring.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.econtext.ContextState;
import io.econtext.broker.LogLine;
import io.econtext.spring.ScriptedContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void theLastLinesAreKeptAndTheOldestGo() {
        RecentLogs logs = new RecentLogs(2);
        logs.logged(line("one", "INFO"));
        logs.logged(line("two", "INFO"));
        logs.logged(line("three", "WARN"));

        assertThat(logs.lines(any -> true)).extracting(LogLine::message).containsExactly("two", "three");
        assertThat(logs.lines(line -> LogLevels.isAtLeast(line, "warn")))
                .extracting(LogLine::message)
                .containsExactly("three");
    }

    @Test
    void longLinesDriveOutMoreOfTheOld() {
        RecentLogs logs = new RecentLogs(1000);
        String text = "x".repeat(RecentLogs.MAX_CHARACTERS / 4);
        for (int i = 0; i < 10; i++) {
            logs.logged(line(i + text, "INFO"));
        }

        assertThat(logs.lines(any -> true))
                .extracting(line -> line.message().charAt(0))
                .containsExactly('7', '8', '9');
    }

    @Test
    void noLineIsKeptWhereNoneIsWanted() {
        RecentLogs logs = new RecentLogs(0);
        logs.logged(line("one", "INFO"));

        assertThat(logs.lines(any -> true)).isEmpty();
    }

    @Test
    void anUnknownLevelIsExplained() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogLevels.isAtLeast(line("one", "INFO"), "loud"))
                .withMessage("'loud' is no level; there are [TRACE, DEBUG, INFO, WARN, ERROR]");
    }

    @Test
    void theLastReasonOfALossIsKept() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        LastFailures failures = new LastFailures(Clock.fixed(now, ZoneOffset.UTC));
        ScriptedContext web1 = new ScriptedContext("web1");
        failures.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "exit status 1");
        failures.stateChanged(web1, ContextState.LOST, ContextState.CONNECTED, "");

        assertThat(failures.of("web1")).isEqualTo(new LastFailures.Failure(now, "exit status 1"));
        assertThat(failures.of("web2")).isNull();
    }

    private static LogLine line(String message, String level) {
        return new LogLine("web1", "com.acme.App", level, Instant.EPOCH, "main", message, null, 1);
    }
}
