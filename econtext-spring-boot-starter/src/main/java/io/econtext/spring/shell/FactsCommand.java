package io.econtext.spring.shell;

import io.econtext.Facts;
import io.econtext.HostFacts;
import io.econtext.spring.shell.Places.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.ExitStatus;

/** Shows what hosts say of themselves, all asked at the same time. */
final class FactsCommand extends ContextCommand {
    private static final int AT_A_TIME = 16;

    FactsCommand(Places places) {
        super(
                places,
                "context facts",
                "[NAME…] [--json]",
                "Show operating system, Java, memory, disks, load and users; of all contexts where none is named",
                JSON);
    }

    @Override
    ExitStatus run(Invocation invocation) throws InterruptedException {
        List<String> words = invocation.arguments().isEmpty() ? places.names() : invocation.arguments();
        Map<String, Future<HostFacts>> asked = new LinkedHashMap<>();
        Map<String, HostFacts> told = new LinkedHashMap<>();
        Map<String, String> failed = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_A_TIME, words.size())));
        try {
            words.forEach(word -> asked.put(word, threads.submit(() -> gather(word, invocation))));
            for (String word : asked.keySet()) {
                try {
                    told.put(word, asked.get(word).get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UsageException usage) {
                        throw usage;
                    }
                    failed.put(word, word + ": " + e.getCause().getMessage());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        if (invocation.isSet("json")) {
            invocation.out().println(Json.of(told));
        } else if (!told.isEmpty()) {
            table(told).print(invocation.out());
        }
        return failed.isEmpty()
                ? ExitStatus.OK
                : new ExitStatus(ShellExitCode.FAILED, String.join("\n", failed.values()));
    }

    private HostFacts gather(String word, Invocation invocation) {
        try (Place place = places.place(word, invocation.reader())) {
            return place.context().call(Facts::gather);
        }
    }

    private static Table table(Map<String, HostFacts> told) {
        Table table = new Table("NAME", "HOST", "SYSTEM", "JAVA", "CPUS", "LOAD", "MEMORY", "DISKS", "UP", "USERS");
        told.forEach((word, facts) -> table.row(
                word,
                facts.host(),
                facts.os() + ", " + facts.kernel() + " " + facts.arch(),
                facts.javaVersion(),
                Integer.toString(facts.cpus()),
                facts.load() < 0 ? "" : String.format(Locale.ROOT, "%.2f", facts.load()),
                facts.memoryTotal() < 0
                        ? ""
                        : Sizes.human(facts.memoryAvailable()) + " of " + Sizes.human(facts.memoryTotal()) + " free",
                facts.disks().stream()
                        .map(disk -> disk.mount() + " " + Sizes.human(disk.free()) + " of " + Sizes.human(disk.size())
                                + " free")
                        .collect(Collectors.joining(", ")),
                facts.uptimeSeconds() < 0 ? "" : uptime(Duration.ofSeconds(facts.uptimeSeconds())),
                facts.logins().stream().map(HostFacts.Login::user).distinct().collect(Collectors.joining(" "))));
        return table;
    }

    private static String uptime(Duration up) {
        return up.toDays() > 0
                ? up.toDays() + "d " + up.toHoursPart() + "h"
                : up.toHours() + "h " + up.toMinutesPart() + "m";
    }
}
