package io.econtext.spring.shell;

import io.econtext.spring.shell.DoctorCommand.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges what an examination has found. Used by one thread. */
final class Findings {
    private static final Pattern FEATURE = Pattern.compile("version \"(?:1\\.)?(\\d+)");
    private static final int OLDEST = 8;
    private static final long LEAST_KIB = 64 << 10;

    private final Map<String, String> findings;
    private final Report report;

    Findings(Map<String, String> findings, Report report) {
        this.findings = findings;
        this.report = report;
    }

    void tell() {
        report.ok("login", found("user") + " on " + found("host") + ", " + found("system"));
        String printed = found("printed");
        report.ok("shell", named("shell", "sh") + (printed.isEmpty() ? "" : "; the login prints: " + printed));
        holder();
        java();
        report.ok(
                "locale",
                named("locale", "none") + "; a context uses UTF-8 for itself, and its programs have the login's");
        memory();
    }

    /** The core has to be somewhere that isn't a disk. */
    private void holder() {
        List<String> ways = new ArrayList<>();
        for (String interpreter : new String[] {"perl", "python3"}) {
            if (!found(interpreter).isEmpty()) {
                ways.add(interpreter + " " + found(interpreter));
            }
        }
        if (!found("ram").isEmpty()) {
            ways.add("RAM file systems: " + found("ram"));
        }
        if (found("proc").isEmpty()) {
            report.bad("no disk", "there is no /proc, by which Java gets at what is in memory");
        } else if (ways.isEmpty()) {
            report.bad(
                    "no disk",
                    "neither perl nor python3 nor a RAM file system that can be written to: install one, mount one at"
                            + " /dev/shm, or set 'allow-disk' to a directory");
        } else {
            report.ok("no disk", String.join(", ", ways));
        }
    }

    private void java() {
        String path = found("java");
        Matcher feature = FEATURE.matcher(found("version"));
        if (path.isEmpty()) {
            report.bad("java", "none was found: install a JRE of 8 or newer, or set 'java' to its launcher");
        } else if (!feature.find()) {
            report.bad(
                    "java",
                    path + " doesn't say its version" + (found("version").isEmpty() ? "" : ": " + found("version")));
        } else if (Integer.parseInt(feature.group(1)) < OLDEST) {
            report.bad("java", path + " is " + found("version") + "; a context needs 8 or newer: set 'java'");
        } else {
            report.ok("java", path + ", " + found("version"));
        }
    }

    private void memory() {
        String available = found("memory");
        if (!available.matches("\\d{1,15}")) {
            report.ok("memory", "unknown");
        } else if (Long.parseLong(available) < LEAST_KIB) {
            report.bad("memory", "only " + Sizes.human(Long.parseLong(available) * 1024) + " are available");
        } else {
            report.ok("memory", Sizes.human(Long.parseLong(available) * 1024) + " are available");
        }
    }

    private String named(String finding, String otherwise) {
        return found(finding).isEmpty() ? otherwise : found(finding);
    }

    private String found(String finding) {
        return findings.getOrDefault(finding, "");
    }
}
