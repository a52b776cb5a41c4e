package io.econtext.spring;

import io.econtext.EcontextException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call of a group failed in some of its contexts; what the others returned isn't lost. */
public final class GroupCallException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, Throwable> failures;
    private final transient Map<String, Object> results;

    /**
     * @param failures what was thrown, by the context's name; at least one
     * @param results what was returned, by the context's name
     */
    public GroupCallException(
            String group, String method, Map<String, Throwable> failures, Map<String, Object> results) {
        super(
                text(group, method, failures, results.size()),
                failures.values().iterator().next());
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        this.results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        failures.values().stream().skip(1).forEach(this::addSuppressed);
    }

    private static String text(String group, String method, Map<String, Throwable> failures, int successes) {
        StringBuilder text = new StringBuilder(method)
                .append(" failed in ")
                .append(failures.size())
                .append(" of the ")
                .append(failures.size() + successes)
                .append(" contexts of group ")
                .append(group);
        failures.forEach((context, failure) ->
                text.append("\n    ").append(context).append(": ").append(failure));
        return text.toString();
    }

    /** What was thrown, by the context's name. */
    public Map<String, Throwable> failures() {
        return failures;
    }

    /** What was returned, by the context's name. */
    public Map<String, Object> results() {
        return results;
    }
}
