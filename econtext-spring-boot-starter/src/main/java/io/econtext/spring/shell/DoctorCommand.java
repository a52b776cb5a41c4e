package io.econtext.spring.shell;

import io.econtext.ConnectFailedException;
import io.econtext.RemoteContext;
import io.econtext.spring.shell.Places.Place;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.springframework.shell.core.command.ExitStatus;

/** Shows what a start of a context would meet, one step after the other, also where there is no Java. */
final class DoctorCommand extends ContextCommand {
    private static final double NANOS = 1e9;

    DoctorCommand(Places places) {
        super(
                places,
                "context doctor",
                "NAME",
                "Show step by step what starting a context would meet there, and start it if nothing stands against that");
    }

    @Override
    ExitStatus run(Invocation invocation) {
        String word = invocation.required(0, "NAME");
        invocation.noMoreThan(1);
        Report report = new Report(invocation.out());
        try (Place place = places.known(word, invocation.reader())) {
            examine(place.context(), report, invocation);
        }
        return report.problems() == 0
                ? ExitStatus.OK
                : new ExitStatus(ShellExitCode.FAILED, report.problems() + " of the steps above would stop it");
    }

    private void examine(RemoteContext context, Report report, Invocation invocation) {
        Deque<RemoteContext> ancestors = new ArrayDeque<>();
        for (RemoteContext each = context.via(); each != null; each = each.via()) {
            ancestors.push(each);
        }
        for (RemoteContext ancestor : ancestors) {
            try {
                places.up(ancestor, invocation.reader());
                report.ok("via", ancestor.name() + " is up: " + ancestor.info());
            } catch (ConnectFailedException e) {
                report.bad("via", ancestor.name() + " can't be started: " + e.getMessage());
                return;
            }
        }
        long start = System.nanoTime();
        Map<String, String> findings;
        try {
            findings = places.examine(context);
        } catch (ConnectFailedException e) {
            failed(e, context, report);
            return;
        }
        report.ok("connect", context.address() + " answers in " + since(start));
        if (!findings.isEmpty()) {
            new Findings(findings, report).tell();
        }
        if (report.problems() == 0) {
            start(context, report);
        }
    }

    private static void start(RemoteContext context, Report report) {
        long start = System.nanoTime();
        try {
            context.connect();
            report.ok("start", context.info() + ", in " + since(start));
        } catch (ConnectFailedException e) {
            report.bad("start", e.getMessage());
        }
    }

    private static String since(long start) {
        return String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - start) / NANOS);
    }

    /** What came first is well if a later step failed. */
    private static void failed(ConnectFailedException e, RemoteContext context, Report report) {
        boolean login = e instanceof ConnectFailedException.AuthenticationFailed
                || e instanceof ConnectFailedException.PasswordRequired
                || e instanceof ConnectFailedException.PasswordWrong
                || e instanceof ConnectFailedException.NotAllowed;
        boolean shell = e instanceof ConnectFailedException.Died || e instanceof ConnectFailedException.Noise;
        if (login || shell) {
            report.ok("connect", context.address() + " answers");
        }
        report.bad(login ? "login" : shell ? "shell" : "connect", e.getMessage());
    }

    /** Prints steps as they come. Used by one thread. */
    static final class Report {
        private final PrintWriter out;
        private int problems;

        Report(PrintWriter out) {
            this.out = out;
        }

        void ok(String step, String text) {
            print("ok", step, text);
        }

        void bad(String step, String text) {
            problems++;
            print("!!", step, text);
        }

        private void print(String mark, String step, String text) {
            out.println(String.format("%s  %-8s  %s", mark, step, text));
            out.flush();
        }

        int problems() {
            return problems;
        }
    }
}
