package io.econtext.broker;

import io.econtext.ConnectFailedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an examination ends: no context came up, as none was meant to. Immutable. */
final class Examined extends ConnectFailedException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> findings;

    /** @param report findings as {@code name=value}, with a bar behind each */
    Examined(String address, String report, List<String> lastLines) {
        super(address, "it was examined", lastLines, null);
        Map<String, String> found = new LinkedHashMap<>();
        for (String finding : report.split("\\|")) {
            int equals = finding.indexOf('=');
            if (equals > 0) {
                found.put(finding.substring(0, equals), finding.substring(equals + 1));
            }
        }
        if (!lastLines.isEmpty()) {
            found.put("printed", String.join(" | ", lastLines));
        }
        findings = Collections.unmodifiableMap(found);
    }

    Map<String, String> findings() {
        return findings;
    }
}
