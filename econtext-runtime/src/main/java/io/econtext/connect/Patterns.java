package io.econtext.connect;

import java.util.List;
import java.util.Locale;

/** OpenSSH's pattern lists: {@code *} and {@code ?} match, {@code !} makes an exception. Stateless. */
final class Patterns {
    private Patterns() {}

    /** Whether some pattern matches and no exception does; case is ignored, as for host names. */
    static boolean match(List<String> patterns, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean matched = false;
        for (String entry : patterns) {
            String pattern = entry.toLowerCase(Locale.ROOT);
            boolean exception = pattern.startsWith("!");
            if (matches(exception ? pattern.substring(1) : pattern, lower)) {
                if (exception) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /** After a mismatch only the last star is retried, so no pattern makes it slow. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            char expected = p < pattern.length() ? pattern.charAt(p) : 0;
            if (expected == '*') {
                star = p++;
                retry = t;
            } else if (expected == '?' || expected == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
