package io.econtext.bench;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Ssh;
import io.econtext.Way;
import io.econtext.broker.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Prints the figures that docs/performance.md speaks of: each round measures every case once, floors among them, so that
 * the ratios hold though the machine's speed drifts. One thread.
 *
 * <p>Arguments: {@code --rounds=N} (default 20), {@code --ssh=user@host:port}, {@code --known-hosts=FILE},
 * {@code --identity=FILE}.
 */
public final class Figures {
    private static final int WARM_UP = 5;
    private static final int CALLS = 20000;
    private static final int OUTSTANDING = 1000;

    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private int contexts;

    public static void main(String[] arguments) throws Exception {
        new Figures(arguments).run();
    }

    private Figures(String[] arguments) {
        for (String argument : arguments) {
            String[] parts = argument.replaceFirst("^--", "").split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    static int add(int a, int b) {
        return a + b;
    }

    private void run() throws Exception {
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "20"));
        try (Broker broker = Broker.create()) {
            for (int round = -WARM_UP; round < rounds; round++) {
                boolean counts = round >= 0;
                keep(counts, "hello", "JVM hello-world, to its first byte, ms", hello());
                keep(counts, "local", "local: connect to first result, ms", connect(broker, local()));
                if (options.containsKey("ssh")) {
                    keep(counts, "ssh-true", "ssh program running true, ms", sshTrue());
                    keep(counts, "ssh-new", "ssh: new connection, connect to first result, ms", connectAlone());
                    keep(counts, "ssh", "ssh: open connection, connect to first result, ms", connectNext(broker));
                }
            }
            calls(broker, "local", local());
            if (options.containsKey("ssh")) {
                calls(broker, "ssh", ssh());
            }
        }
        print();
    }

    private Way local() {
        return Local.process().named("local" + contexts++);
    }

    private Way ssh() {
        Ssh.Builder ssh = Ssh.to(options.get("ssh")).named("ssh" + contexts++).configFile("");
        if (options.containsKey("known-hosts")) {
            ssh.knownHostsFile(options.get("known-hosts"));
        }
        if (options.containsKey("identity")) {
            ssh.identity(options.get("identity")).agent(false);
        }
        return ssh.build();
    }

    private static double hello() throws IOException, InterruptedException {
        return firstByte(
                new ProcessBuilder(java(), "-XX:TieredStopAtLevel=1", "-cp", hereOnDisk(), Hello.class.getName()));
    }

    private double sshTrue() throws IOException, InterruptedException {
        Ssh to = (Ssh) ssh();
        List<String> command =
                new ArrayList<>(List.of("ssh", "-F", "none", "-o", "BatchMode=yes", "-p", "" + to.port()));
        if (options.containsKey("known-hosts")) {
            command.addAll(List.of("-o", "UserKnownHostsFile=" + options.get("known-hosts")));
        }
        if (options.containsKey("identity")) {
            command.addAll(List.of("-o", "IdentityAgent=none", "-i", options.get("identity")));
        }
        command.addAll(List.of(to.user() + "@" + to.host(), "true"));
        long start = System.nanoTime();
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return millisSince(start);
    }

    private static double firstByte(ProcessBuilder builder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true).start();
        if (process.getInputStream().read() < 0) {
            throw new IOException(builder.command() + " printed nothing");
        }
        double millis = millisSince(start);
        process.waitFor();
        return millis;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String hereOnDisk() {
        return System.getProperty("java.class.path");
    }

    private static double connect(Broker broker, Way way) {
        long start = System.nanoTime();
        RemoteContext context = broker.connect(way);
        require(context.call(Figures::add, 1, 2) == 3);
        double millis = millisSince(start);
        broker.remove(context.name());
        return millis;
    }

    /** With a broker of its own, so that no connection is open yet. */
    private double connectAlone() {
        try (Broker broker = Broker.create()) {
            return connect(broker, ssh());
        }
    }

    private double connectNext(Broker broker) {
        Way first = ssh();
        broker.connect(first);
        double millis = connect(broker, ssh());
        broker.remove(first.name());
        return millis;
    }

    private void calls(Broker broker, String kind, Way way) {
        RemoteContext context = broker.connect(way);
        for (int i = 0; i < CALLS; i++) {
            double micros = call(context);
            keep(i < 100, kind + "-first", kind + ": call, the first 100 of a context, µs", micros);
            keep(i > CALLS / 2, kind + "-call", kind + ": call, µs", micros);
        }
        for (int round = 0; round < 10; round++) {
            keep(round > 4, kind + "-rate", kind + ": calls a second, " + OUTSTANDING + " outstanding", rate(context));
        }
        broker.remove(context.name());
    }

    private static double call(RemoteContext context) {
        long start = System.nanoTime();
        require(context.call(Figures::add, 1, 2) == 3);
        return (System.nanoTime() - start) / 1e3;
    }

    private static double rate(RemoteContext context) {
        long start = System.nanoTime();
        CompletableFuture<?>[] window = new CompletableFuture<?>[OUTSTANDING];
        for (int i = 0; i < CALLS; i++) {
            if (window[i % OUTSTANDING] != null) {
                window[i % OUTSTANDING].join();
            }
            window[i % OUTSTANDING] = context.callAsync(Figures::add, 1, 2);
        }
        CompletableFuture.allOf(window).join();
        return CALLS / ((System.nanoTime() - start) / 1e9);
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("a wrong result");
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private void keep(boolean counts, String key, String text, double value) {
        if (counts) {
            samples.computeIfAbsent(key + "|" + text, k -> new ArrayList<>()).add(value);
        }
    }

    private void print() {
        System.out.printf(
                "Java %s, %d processors%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.printf("%-58s %10s %10s %10s %8s%n", "", "min", "p50", "p99", "x hello");
        double hello = 0;
        for (Map.Entry<String, List<Double>> entry : samples.entrySet()) {
            String[] key = entry.getKey().split("\\|");
            List<Double> sorted = entry.getValue().stream().sorted().toList();
            double p50 = sorted.get(sorted.size() / 2);
            hello = key[0].equals("hello") ? p50 : hello;
            System.out.printf(
                    "%-58s %10.1f %10.1f %10.1f %8s%n",
                    key[1],
                    sorted.get(0),
                    p50,
                    sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
                    key[1].endsWith("ms") ? "%.2f".formatted(p50 / hello) : "");
        }
    }

    /** The floor: what a JVM takes to say anything. */
    public static final class Hello {
        private Hello() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }
}
