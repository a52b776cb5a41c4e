package io.econtext;

import java.util.StringTokenizer;

/** Gathers {@link HostFacts} where it runs, from what the kernel shows, without starting a program. Stateless. */
public final class Facts {

    private static final String PRETTY_NAME = "PRETTY_NAME=";

    private Facts() {}

    /** The facts of this host, as of now. */
    public static HostFacts gather() {
        return gather(new HostFiles("/"));
    }

    static HostFacts gather(HostFiles files) {
        HostFacts facts = new HostFacts();
        facts.host = hostName(files);
        facts.os = operatingSystem(files);
        facts.kernel = orElse(files.firstLine("proc/sys/kernel/osrelease"), System.getProperty("os.version", ""));
        facts.arch = System.getProperty("os.arch", "");
        facts.javaVersion = System.getProperty("java.version", "");
        facts.javaVendor = System.getProperty("java.vendor", "");
        facts.javaHome = System.getProperty("java.home", "");
        facts.cpus = Runtime.getRuntime().availableProcessors();
        facts.load = number(files.firstLine("proc/loadavg"));
        facts.uptimeSeconds = (long) number(files.firstLine("proc/uptime"));
        memory(files, facts);
        facts.disks = Disks.of(files);
        facts.logins = Logins.of(files);
        return facts;
    }

    private static String hostName(HostFiles files) {
        String name = orElse(files.firstLine("proc/sys/kernel/hostname"), files.firstLine("etc/hostname"));
        if (name.isEmpty()) {
            String variable = System.getenv("HOSTNAME");
            return variable == null ? "" : variable;
        }
        return name;
    }

    private static String operatingSystem(HostFiles files) {
        for (String line : files.lines("etc/os-release")) {
            if (line.startsWith(PRETTY_NAME)) {
                String value = line.substring(PRETTY_NAME.length()).trim();
                boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return System.getProperty("os.name", "");
    }

    private static void memory(HostFiles files, HostFacts facts) {
        long reclaimable = 0;
        for (String line : files.lines("proc/meminfo")) {
            StringTokenizer words = new StringTokenizer(line, ": ");
            if (words.countTokens() < 2) {
                continue;
            }
            String what = words.nextToken();
            long bytes = (long) number(words.nextToken()) * 1024;
            if (what.equals("MemTotal")) {
                facts.memoryTotal = bytes;
            } else if (what.equals("MemAvailable")) {
                facts.memoryAvailable = bytes;
            } else if (what.equals("MemFree") || what.equals("Buffers") || what.equals("Cached")) {
                reclaimable += bytes;
            }
        }
        // kernels before 3.14 don't estimate it
        if (facts.memoryAvailable < 0 && facts.memoryTotal >= 0) {
            facts.memoryAvailable = reclaimable;
        }
    }

    /** The number that {@code line} begins with, or -1. */
    private static double number(String line) {
        StringTokenizer words = new StringTokenizer(line);
        try {
            return words.hasMoreTokens() ? Double.parseDouble(words.nextToken()) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String orElse(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
