package io.econtext.spring.shell;

import io.econtext.broker.LogLine;
import io.econtext.spring.history.RecentLogs;
import org.springframework.shell.core.command.ExitStatus;

/** Shows the log lines that came last. */
final class LogsCommand extends ContextCommand {
    private final RecentLogs logs;

    LogsCommand(Places places, RecentLogs logs) {
        super(places, "context logs", "[NAME] [--json]", "Show the log lines that came last from contexts", JSON);
        this.logs = logs;
    }

    @Override
    ExitStatus run(Invocation invocation) {
        invocation.noMoreThan(1);
        String name =
                invocation.arguments().isEmpty() ? null : invocation.arguments().get(0);
        var lines = logs.lines(line -> name == null || name.equals(line.context()));
        if (invocation.isSet("json")) {
            invocation.out().println(Json.of(lines));
            return ExitStatus.OK;
        }
        for (LogLine line : lines) {
            invocation
                    .out()
                    .println(line.time() + " " + line.level() + " " + line.context() + " " + line.logger() + ": "
                            + line.message());
            if (line.throwable() != null) {
                invocation.out().println(line.throwable());
            }
        }
        return ExitStatus.OK;
    }
}
