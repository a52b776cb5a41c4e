package io.econtext.bench;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Starts many processes, so many at a time, until each has answered, and weighs them together. Used by one thread.
 *
 * @param millis from the first start to the last answer
 * @param mebibytes the proportional set sizes of all, while all are there
 */
record Many(double millis, double mebibytes) {
    static final int PROCESSES = 50;
    static final int AT_A_TIME = 8;
    static final String TIME = "%s: " + PROCESSES + ", " + AT_A_TIME + " at a time, one call each, ms";
    static final String MEMORY = "%s: memory of these " + PROCESSES + " (PSS), MiB";

    void keep(Samples samples, String who) {
        samples.keep(TIME.formatted(who), millis);
        samples.keep(MEMORY.formatted(who), mebibytes);
    }

    /** Local contexts, each called once. */
    static Many contexts() throws IOException {
        long start = System.nanoTime();
        try (Broker broker = Broker.builder().maxConnecting(AT_A_TIME).build()) {
            List<CompletableFuture<RemoteContext>> calls = IntStream.range(0, PROCESSES)
                    .mapToObj(i -> broker.connectAsync(Local.process().named("many" + i))
                            .thenCompose(
                                    context -> context.callAsync(Math::abs, -1).thenApply(one -> context)))
                    .toList();
            List<Long> pids = new ArrayList<>();
            for (CompletableFuture<RemoteContext> call : calls) {
                pids.add(call.join().info().pid());
            }
            double millis = (System.nanoTime() - start) / 1e6;
            return new Many(millis, mebibytes(pids));
        }
    }

    /** The floor: JVMs that say a word and stay. */
    static Many bareJvms() throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        List<Process> processes = new ArrayList<>();
        try {
            long start = System.nanoTime();
            List<Future<Process>> starting = IntStream.range(0, PROCESSES)
                    .mapToObj(i -> threads.submit(Hello::start))
                    .toList();
            for (Future<Process> process : starting) {
                processes.add(process.get());
            }
            double millis = (System.nanoTime() - start) / 1e6;
            return new Many(
                    millis, mebibytes(processes.stream().map(Process::pid).toList()));
        } finally {
            threads.shutdown();
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static double mebibytes(List<Long> pids) throws IOException {
        long kibibytes = 0;
        for (long pid : pids) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    kibibytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return kibibytes / 1024.0;
    }
}
