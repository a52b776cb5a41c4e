package io.econtext.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be configured. Immutable.
 *
 * @param enabled Whether there is a broker at all.
 * @param unidirectional Whether contexts may talk to their ancestors and descendants only, and siblings not to each other.
 * @param maxOwnChildren How many contexts the code in each context may have started at a time; 0 forbids it.
 * @param resources Names of resources that contexts may have whatever the rules say, such as rules/prices.yml.
 * @param defaults What holds for each context that doesn't say otherwise, and for specifications.
 * @param contexts Contexts by their names; each becomes a bean of that name.
 * @param groups Groups by their names: names of contexts, specifications, or hosts such as web[1:20].example.
 * @param endpoint The actuator endpoint.
 * @param events Events about contexts and of their log lines.
 * @param logs What is kept of the log lines of contexts.
 * @param shell The commands for Spring Shell.
 */
@ConfigurationProperties(prefix = EcontextProperties.PREFIX, ignoreUnknownFields = false)
public record EcontextProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean unidirectional,
        @DefaultValue("64") int maxOwnChildren,
        @DefaultValue List<String> resources,
        @DefaultValue @NestedConfigurationProperty ContextProperties defaults,
        @DefaultValue Map<String, ContextProperties> contexts,
        @DefaultValue Map<String, List<String>> groups,
        @DefaultValue Endpoint endpoint,
        @DefaultValue Events events,
        @DefaultValue Logs logs,
        @DefaultValue Shell shell) {

    /** Where they all begin. */
    public static final String PREFIX = "econtext";

    /** Keeps the configured order. */
    public EcontextProperties {
        resources = List.copyOf(resources);
        contexts = new LinkedHashMap<>(contexts);
        groups = new LinkedHashMap<>(groups);
    }

    /**
     * The actuator endpoint.
     *
     * @param operations Whether the endpoint can also connect, close and ping configured contexts.
     */
    public record Endpoint(@DefaultValue("false") boolean operations) {}

    /**
     * Events about contexts and of their log lines.
     *
     * @param queue How many log lines may wait for listeners before the oldest are dropped.
     */
    public record Events(@DefaultValue("10000") int queue) {}

    /**
     * What is kept of the log lines of contexts.
     *
     * @param capacity How many log lines are kept for the endpoint and the shell; 0 keeps none.
     */
    public record Logs(@DefaultValue("1000") int capacity) {}

    /**
     * The commands for Spring Shell.
     *
     * @param enabled Whether the commands are there, and one-shot commands take their words as they are.
     */
    public record Shell(@DefaultValue("true") boolean enabled) {}
}
