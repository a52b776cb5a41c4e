package io.econtext.spring.autoconfigure;

import io.econtext.ContextOptions;
import io.econtext.spring.Reconnect;
import io.econtext.spring.ValueRules;
import io.econtext.spring.autoconfigure.ContextProperties.OnStuck;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Makes what a context is to be like, whatever the way, from its properties and the defaults, or says what is wrong.
 *
 * <p>Used by one thread.
 */
final class CommonOptions {
    private final String path;
    private final ContextProperties own;
    private final ContextProperties defaults;

    private CommonOptions(String path, ContextProperties own, ContextProperties defaults) {
        this.path = path;
        this.own = own;
        this.defaults = defaults;
    }

    static ContextOptions of(String path, ContextProperties own, ContextProperties defaults) {
        return new CommonOptions(path, own, defaults).options();
    }

    private ContextOptions options() {
        ContextOptions.Builder options = ContextOptions.builder();
        apply("java", ContextProperties::java, options::java);
        apply("jvm-options", ContextProperties::jvmOptions, all -> options.jvmOptions(all.toArray(String[]::new)));
        apply("max-heap", ContextProperties::maxHeap, size -> options.maxHeap(kilobytes(size)));
        for (ContextProperties each : List.of(defaults, own)) {
            Map<String, String> variables = each.environment() == null ? Map.of() : each.environment();
            variables.forEach((variable, value) ->
                    ContextWays.checked(at(each == own) + ".environment", () -> options.environment(variable, value)));
        }
        apply("directory", ContextProperties::directory, options::directory);
        apply("umask", ContextProperties::umask, options::umask);
        apply("process-name", ContextProperties::processName, options::processName);
        apply("allow-disk", ContextProperties::allowDisk, options::allowDisk);
        apply("connect-timeout", ContextProperties::connectTimeout, options::connectTimeout);
        apply("call-timeout", ContextProperties::callTimeout, options::callTimeout);
        apply("grace", ContextProperties::grace, options::grace);
        apply("heartbeat", ContextProperties::heartbeat, options::heartbeat);
        apply("workers", ContextProperties::workers, options::workers);
        apply("on-stuck", ContextProperties::onStuck, does -> options.endWhenStuck(does == OnStuck.END_CONTEXT));
        apply("values", ContextProperties::values, rules -> options.valuesByJackson(rules == ValueRules.JACKSON));
        apply("reconnect", ContextProperties::reconnect, first -> options.reconnect(Reconnect.after(first)));
        return options.build();
    }

    private static String kilobytes(DataSize size) {
        return size.toKilobytes() + "k";
    }

    private <T> void apply(String property, Function<ContextProperties, @Nullable T> value, Consumer<T> use) {
        T given = value.apply(own);
        T effective = given == null ? value.apply(defaults) : given;
        if (effective != null) {
            ContextWays.checked(at(given != null) + "." + property, () -> use.accept(effective));
        }
    }

    private String at(boolean ours) {
        return ours ? path : ContextWays.DEFAULTS;
    }
}
