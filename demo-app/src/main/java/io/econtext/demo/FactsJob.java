package io.econtext.demo;

import io.econtext.Channel;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Tail;
import io.econtext.spring.Contexts;
import io.econtext.spring.Spec;
import io.econtext.spring.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The main job: facts of every context in a table, then, with {@code --follow=PATH}, the lines of that file in each.
 *
 * <p>Runs once, on the main thread. As there is an application runner, Spring Shell doesn't start its own.
 */
@Component
@Profile(FactsJob.PROFILE)
class FactsJob implements ApplicationRunner, ExitCodeGenerator {
    static final String PROFILE = "job";
    static final int FAILED = 1;
    static final int USAGE = 2;

    private final Contexts contexts;
    private final Specs specs;
    private final HostReporter reporter;
    private int exitCode;

    FactsJob(Contexts contexts, Specs specs, HostReporter reporter) {
        this.contexts = contexts;
        this.specs = specs;
        this.reporter = reporter;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        List<RemoteContext> wanted;
        try {
            wanted = wanted(arguments.getNonOptionArgs());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            exitCode = USAGE;
            return;
        }
        report(wanted);
        if (arguments.containsOption("follow")) {
            follow(wanted, Path.of(arguments.getOptionValues("follow").get(0)));
        }
    }

    /** Those that the arguments specify, or the configured ones. Each is connected by its first call. */
    private List<RemoteContext> wanted(List<String> arguments) {
        return arguments.isEmpty()
                ? contexts.all()
                : arguments.stream().map(this::define).toList();
    }

    private RemoteContext define(String specification) {
        Spec spec = specs.parse(specification);
        return contexts.define(spec.way(), spec.via() == null ? null : parent(spec.via()));
    }

    private RemoteContext parent(String via) {
        return Specs.isSpec(via) ? define(via) : contexts.named(via);
    }

    private void report(List<RemoteContext> wanted) {
        Map<String, CompletableFuture<HostReport>> asked = new LinkedHashMap<>();
        wanted.forEach(context -> asked.put(context.name(), reporter.report(context.name())));
        ReportTable table = new ReportTable();
        asked.forEach((context, report) -> {
            try {
                table.add(context, report.join());
            } catch (CompletionException e) {
                System.err.println(context + ": " + e.getCause().getMessage());
                exitCode = FAILED;
            }
        });
        table.print(System.out);
    }

    private void follow(List<RemoteContext> wanted, Path file) throws InterruptedException {
        List<Thread> followers = new ArrayList<>();
        for (RemoteContext context : wanted) {
            Thread follower = new Thread(() -> print(context, file), "follow-" + context.name());
            follower.start();
            followers.add(follower);
        }
        for (Thread follower : followers) {
            follower.join();
        }
    }

    private void print(RemoteContext context, Path file) {
        try (Channel<String> lines = context.open(Tail::follow, file)) {
            for (String line : lines) {
                System.out.println(context.name() + ": " + line);
            }
        } catch (RuntimeException e) {
            // closed is how it ends when the program is interrupted
            if (context.state() != ContextState.CLOSING && context.state() != ContextState.CLOSED) {
                System.err.println(context.name() + ": " + e.getMessage());
                exitCode = FAILED;
            }
        }
    }
}
