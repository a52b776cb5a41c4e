package io.econtext.bench;

import io.econtext.Call;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import io.econtext.broker.ContextCounters;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls of what a context has none of the classes for, with a round trip of so long. Used by one thread. */
final class Classes {
    static final String FLOOR = "floor: a JVM loads 200 classes in a chain from a jar, ms";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CLASSES = 200;
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMillis(300);
    private static final int AT_A_TIME = 8;

    private final Samples samples;
    private final Path jar;
    private int made;

    private Classes(Samples samples, Path jar) {
        this.samples = samples;
        this.jar = jar;
    }

    static void measure(Samples samples) throws Exception {
        Path jar = Files.createTempFile("classes", ".jar");
        try {
            Classes classes = new Classes(samples, jar);
            classes.forwarded("chain", 1, Duration.ZERO);
            classes.forwarded("chain", 1, SHORT);
            classes.forwarded("tree", 2, SHORT);
            classes.parallel();
        } finally {
            Files.delete(jar);
        }
    }

    /** Loads them as {@link #main} does, in a program of its own. */
    private void floor(String packageName) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Classes.class.getName(),
                        jar.toString(),
                        Generated.name(packageName, 0))
                .start();
        samples.keep(
                FLOOR, Double.parseDouble(new String(process.getInputStream().readAllBytes())));
    }

    public static void main(String[] arguments) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {Path.of(arguments[0]).toUri().toURL()})) {
            long start = System.nanoTime();
            Class.forName(arguments[1], true, loader).getMethod("run").invoke(null);
            System.out.print((System.nanoTime() - start) / 1e6);
        }
    }

    private void forwarded(String shape, int branches, Duration roundTrip) throws Exception {
        String packageName = "generated" + made++ + "." + shape;
        Generated.jar(jar, packageName, CLASSES, branches);
        String what = CLASSES + " classes in a " + shape + ", round trip " + roundTrip.toMillis() + " ms: %s, %s";
        if (roundTrip.isZero()) {
            floor(packageName);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (Broker broker = broker();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            String type = Generated.name(packageName, 0);
            call(broker, roundTrip, type, what, "first time");
            call(broker, roundTrip, type, what, "known from another context");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Broker broker() {
        return Broker.builder().connector(new Distant.Starter()).build();
    }

    private void call(Broker broker, Duration roundTrip, String type, String what, String when) throws Exception {
        RemoteContext context = broker.connect(new Distant("distant" + made++, roundTrip));
        context.call(Math::abs, -1);
        ContextCounters before = broker.counters(context.name());
        long start = System.nanoTime();
        int sum = context.invoke(Call.named(TypeRef.of(Integer.class), type, "run"));
        double millis = (System.nanoTime() - start) / 1e6;
        if (sum != CLASSES) {
            throw new IllegalStateException(sum + " classes were run");
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (broker.counters(context.name()).classesHit() < CLASSES / 2) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(context.name() + " didn't say in " + PATIENCE + " what it loaded");
            }
            Thread.sleep(1);
        }
        ContextCounters after = broker.counters(context.name());
        samples.keep(what.formatted(when, "ms"), millis);
        samples.keep(
                what.formatted(when, "round trips, with that of the call"),
                1 + after.classRequests() - before.classRequests());
        samples.keep(what.formatted(when, "KiB sent"), (after.bytesOut() - before.bytesOut()) / 1024.0);
        samples.keep(what.formatted(when, "classes pushed"), after.classesPushed());
        samples.keep(what.formatted(when, "classes pushed and not needed"), after.classesWasted());
        broker.remove(context.name());
    }

    private void parallel() throws Exception {
        String packageName = "generated" + made++ + ".apart";
        Generated.jar(jar, packageName, AT_A_TIME + 1, 0);
        try (Broker broker = broker();
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {jar.toUri().toURL(), Path.of(home()).toUri().toURL()},
                        ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            RemoteContext context = broker.connect(new Distant("far", LONG));
            loadAsync(context, packageName, AT_A_TIME).join();
            long start = System.nanoTime();
            List<CompletableFuture<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                loads.add(loadAsync(context, packageName, i));
            }
            loads.forEach(CompletableFuture::join);
            double millis = (System.nanoTime() - start) / 1e6;
            samples.keep(
                    AT_A_TIME + " loads in parallel calls, round trip " + LONG.toMillis() + " ms: in round trips,"
                            + " with that of the calls, -",
                    millis / LONG.toMillis());
        } finally {
            Thread.currentThread().setContextClassLoader(Classes.class.getClassLoader());
        }
    }

    private static String home() throws Exception {
        return Path.of(Classes.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static CompletableFuture<Integer> loadAsync(RemoteContext context, String packageName, int number) {
        return context.invokeAsync(Call.named(
                TypeRef.of(Integer.class), Loading.class.getName(), "load", Generated.name(packageName, number)));
    }
}
