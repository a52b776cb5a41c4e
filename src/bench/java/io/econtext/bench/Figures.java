package io.econtext.bench;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Ssh;
import io.econtext.Way;
import io.econtext.broker.Broker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Prints the figures that docs/performance.md speaks of: each round measures every case once, floors among them, so that
 * the ratios hold though the machine's speed drifts. One thread.
 *
 * <p>Arguments: {@code --only=connect,calls,tree,classes,logs} or some of them, {@code --rounds=N} (default 20; a quarter for trees and classes),
 * {@code --ssh=user@host:port}, {@code --known-hosts=FILE}, {@code --identity=FILE}, {@code --peers=FILE}, which is
 * {@code peer.py}.
 */
public final class Figures {
    private static final int WARM_UP = 5;
    private static final int CALLS = 20000;
    private static final int OUTSTANDING = 1000;
    private static final String HELLO = "JVM hello-world, to its first byte, ms";

    private final Samples samples = new Samples();
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
        if (wanted("connect")) {
            connects(rounds);
        }
        if (wanted("calls")) {
            calls("local", local());
            if (options.containsKey("ssh")) {
                calls("ssh", ssh());
            }
        }
        if (wanted("tree")) {
            trees(Math.max(1, rounds / 4));
        }
        if (wanted("classes")) {
            for (int round = 0; round < Math.max(1, rounds / 4); round++) {
                Classes.measure(samples);
            }
        }
        if (wanted("logs")) {
            LogFlood.measure(samples, Math.max(1, rounds / 4));
        }
        samples.print(HELLO);
    }

    private boolean wanted(String part) {
        return List.of(options.getOrDefault("only", part).split(",")).contains(part);
    }

    private void connects(int rounds) throws Exception {
        try (Broker broker = Broker.create()) {
            for (int round = -WARM_UP; round < rounds; round++) {
                boolean counts = round >= 0;
                keep(counts, HELLO, hello());
                keep(counts, "local: connect to first result, ms", connect(broker, local()));
                if (options.containsKey("ssh")) {
                    keep(counts, "ssh program running true, ms", sshTrue());
                    keep(counts, "ssh: new connection, connect to first result, ms", connectAlone());
                    keep(counts, "ssh: open connection, connect to first result, ms", connectNext(broker));
                }
            }
        }
    }

    private void trees(int rounds) throws Exception {
        List<Peer> peers = Stream.of("mitogen", "execnet")
                .filter(name -> options.containsKey("peers"))
                .map(name -> new Peer(options.get("peers"), name))
                .toList();
        Many.contexts();
        for (int round = 0; round < rounds; round++) {
            Many.bareJvms().keep(samples, "JVM hello-world");
            Many.contexts().keep(samples, "local contexts");
            Hops.measure(samples);
            for (Peer peer : peers) {
                peer.measure(samples);
            }
        }
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
        long start = System.nanoTime();
        Process process = Hello.start();
        double millis = millisSince(start);
        process.getOutputStream().close();
        process.waitFor();
        return millis;
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

    private void calls(String kind, Way way) {
        try (Broker broker = Broker.create()) {
            RemoteContext context = broker.connect(way);
            for (int i = 0; i < CALLS; i++) {
                double micros = call(context);
                keep(i < 100, kind + ": call, the first 100 of a context, µs", micros);
                keep(i > CALLS / 2, kind + ": call, µs", micros);
            }
            for (int round = 0; round < 10; round++) {
                keep(round > 4, kind + ": calls a second, " + OUTSTANDING + " outstanding", rate(context));
            }
        }
    }

    static double call(RemoteContext context) {
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

    private void keep(boolean counts, String what, double value) {
        if (counts) {
            samples.keep(what, value);
        }
    }
}
