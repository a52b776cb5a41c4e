package io.econtext.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was measured, by the text that it is printed with, in the order of the first of each. Used by one thread. */
final class Samples {
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    void keep(String what, double value) {
        samples.computeIfAbsent(what, any -> new ArrayList<>()).add(value);
    }

    /** A line to print below, once. */
    void note(String line) {
        notes.add(line);
    }

    /** @param floor what the others of its unit are compared with */
    void print(String floor) {
        System.out.printf(
                "Java %s, %d processors%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.printf("%-96s %10s %10s %10s %8s%n", "", "min", "p50", "p99", "x hello");
        for (Map.Entry<String, List<Double>> entry : samples.entrySet()) {
            double[] sorted = sorted(entry.getValue());
            boolean compared = samples.containsKey(floor) && entry.getKey().endsWith(unit(floor));
            System.out.printf(
                    "%-96s %10.1f %10.1f %10.1f %8s%n",
                    entry.getKey(),
                    sorted[0],
                    at(sorted, 50),
                    at(sorted, 99),
                    compared ? "%.2f".formatted(at(sorted, 50) / at(sorted(samples.get(floor)), 50)) : "");
        }
        notes.forEach(System.out::println);
    }

    private static String unit(String what) {
        return what.substring(what.lastIndexOf(','));
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double at(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
