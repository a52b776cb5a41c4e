package io.econtext.spring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host, a port, or both. Immutable.
 *
 * @param host a name or an address; {@code null} if only the port is said
 * @param port {@code null} if only the host is said
 */
record HostPort(@Nullable String host, @Nullable Integer port) {
    static final String EXPECTED = "expected host, host:port or :port; an IPv6 address in brackets";

    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]*))(?::(\\d{1,5}))?");

    /** @throws IllegalArgumentException if it is neither */
    static HostPort parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new HostPort(
                host.isEmpty() ? null : host, parts.group(3) == null ? null : Integer.valueOf(parts.group(3)));
    }
}
