package io.econtext.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports as lines of text. Used by one thread. */
final class ReportTable {
    private static final String LAYOUT = "%-20s %-16s %-38s %-10s %4s %5s  %-22s %-26s %-12s %s";
    private static final double GIB = 1 << 30;

    private final List<String> lines = new ArrayList<>();

    ReportTable() {
        line("CONTEXT", "HOST", "SYSTEM", "JAVA", "CPUS", "LOAD", "MEMORY", "DISKS", "UP", "USERS");
    }

    void add(String context, HostReport report) {
        line(
                context,
                report.host(),
                report.system(),
                report.java(),
                report.cpus(),
                String.format(Locale.ROOT, "%.2f", report.load()),
                free(report.memoryFree(), report.memory()),
                report.disks().stream()
                        .map(disk -> disk.mount() + " " + free(disk.free(), disk.size()))
                        .collect(Collectors.joining(", ")),
                report.up(),
                String.join(" ", report.users()));
    }

    private void line(Object... cells) {
        lines.add(String.format(LAYOUT, cells).stripTrailing());
    }

    private static String free(long free, long all) {
        return String.format(Locale.ROOT, "%.1f of %.1f GiB free", free / GIB, all / GIB);
    }

    void print(PrintStream out) {
        lines.forEach(out::println);
    }
}
