package io.econtext.spring.shell;

import io.econtext.RemoteContext;
import io.econtext.broker.UnknownContextException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.shell.core.command.ExitStatus;

/** Brings contexts up, all at the same time. */
final class ConnectCommand extends ContextCommand {
    private static final int AT_A_TIME = 16;

    ConnectCommand(Places places) {
        super(places, "context connect", "NAME…", "Bring contexts up, or see why they can't be");
    }

    @Override
    ExitStatus run(Invocation invocation) throws Exception {
        invocation.required(0, "NAME");
        List<String> words = invocation.arguments();
        if (words.size() == 1) {
            invocation.out().println(connect(words.get(0), invocation));
            return ExitStatus.OK;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, words.size()));
        List<String> failures = new ArrayList<>();
        try {
            CompletionService<String> connecting = new ExecutorCompletionService<>(threads);
            Map<Future<String>, String> wordOf = new HashMap<>();
            words.forEach(word -> wordOf.put(connecting.submit(() -> connect(word, invocation)), word));
            for (int done = 1; done <= words.size(); done++) {
                String said;
                Future<String> next = connecting.take();
                try {
                    said = next.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UsageException || e.getCause() instanceof UnknownContextException) {
                        throw (RuntimeException) e.getCause();
                    }
                    said = wordOf.get(next) + ": " + e.getCause().getMessage();
                    failures.add(said);
                }
                invocation.out().println(done + "/" + words.size() + " " + said);
                invocation.out().flush();
            }
        } finally {
            threads.shutdownNow();
        }
        return failures.isEmpty()
                ? ExitStatus.OK
                : new ExitStatus(
                        ShellExitCode.FAILED, failures.size() + " of " + words.size() + " contexts did not come up");
    }

    private String connect(String word, Invocation invocation) {
        RemoteContext context = places.connect(word, invocation.reader());
        return context.name() + " is up: " + context.info();
    }
}
