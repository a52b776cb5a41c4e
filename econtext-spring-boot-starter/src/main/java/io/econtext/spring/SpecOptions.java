package io.econtext.spring;

import io.econtext.ContextOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * The options of one specification, taken out one after the other until none may be left.
 *
 * <p>Used by one thread.
 */
final class SpecOptions {
    private final String spec;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> allowed = new TreeSet<>();
    private final ContextOptions.Builder common;

    private SpecOptions(String spec, ContextOptions defaults) {
        this.spec = spec;
        this.common = defaults.toBuilder();
    }

    static SpecOptions of(String spec, String query, Set<String> secrets, ContextOptions defaults) {
        SpecOptions options = new SpecOptions(spec, defaults);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (secrets.contains(key)) {
                throw new IllegalArgumentException(spec + ": " + Specs.NO_PASSWORD);
            }
            if (equals < 1) {
                throw new IllegalArgumentException(spec + ": option '" + pair + "' is not of the form name=value");
            }
            options.values
                    .computeIfAbsent(key, any -> new ArrayList<>())
                    .add(StringUtils.uriDecode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        options.takeCommon();
        return options;
    }

    private void takeCommon() {
        one("java", common::java);
        each("jvm-option", common::jvmOptions);
        one("max-heap", common::maxHeap);
        one("directory", common::directory);
        one("umask", common::umask);
        one("process-name", common::processName);
        one("allow-disk", common::allowDisk);
        one("connect-timeout", value -> common.connectTimeout(duration(value)));
        one("call-timeout", value -> common.callTimeout(duration(value)));
        one("grace", value -> common.grace(duration(value)));
        one("heartbeat", value -> common.heartbeat(duration(value)));
        one("workers", value -> common.workers(Integer.parseInt(value)));
    }

    private static Duration duration(String value) {
        return DurationStyle.detectAndParse(value);
    }

    /** Takes an option that may be given once. */
    void one(String key, Consumer<String> use) {
        List<String> given = values.get(key);
        if (given != null && given.size() > 1) {
            throw new IllegalArgumentException(spec + ": option " + key + " is given " + given.size() + " times");
        }
        each(key, use);
    }

    /** Takes an option that may be repeated. */
    void each(String key, Consumer<String> use) {
        allowed.add(key);
        List<String> given = values.remove(key);
        if (given == null) {
            return;
        }
        for (String value : given) {
            try {
                use.accept(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(spec + ": " + key + "=" + value + ": " + e.getMessage(), e);
            }
        }
    }

    /** Takes an option that may be given once. */
    String text(String key, String otherwise) {
        List<String> given = new ArrayList<>();
        one(key, given::add);
        return given.isEmpty() ? otherwise : given.get(0);
    }

    void refuseOthers() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(spec + ": unknown option '"
                    + values.keySet().iterator().next() + "'; allowed are " + String.join(", ", allowed));
        }
    }

    ContextOptions common() {
        return common.build();
    }
}
