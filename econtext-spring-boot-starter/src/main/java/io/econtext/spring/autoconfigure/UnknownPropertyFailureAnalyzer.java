package io.econtext.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Says which properties there are where one below {@code econtext} is unknown; never its value. Stateless. */
// Spring Boot's own analyzer would print the value, which may be a misspelled password
@Order(-10)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(EcontextProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        Set<ConfigurationProperty> unknown = cause.getUnboundProperties();
        if (unknown.stream().noneMatch(property -> ROOT.isAncestorOf(property.getName()))) {
            return null;
        }
        ConfigurationProperty first = unknown.iterator().next();
        String all = unknown.stream()
                .map(property -> property.getName() + where(property))
                .collect(Collectors.joining(", "));
        return new FailureAnalysis(
                "Unknown configuration: " + all + ".",
                "Correct the name. At that place there may be " + allowedBeside(first.getName()) + ".",
                cause);
    }

    private static String where(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private static String allowedBeside(ConfigurationPropertyName name) {
        String section =
                name.getNumberOfElements() > 1 ? name.getElement(1, ConfigurationPropertyName.Form.UNIFORM) : "";
        Class<?> type = switch (section) {
            case "contexts", "defaults" -> ContextProperties.class;
            case "endpoint" -> EcontextProperties.Endpoint.class;
            case "events" -> EcontextProperties.Events.class;
            case "logs" -> EcontextProperties.Logs.class;
            case "shell" -> EcontextProperties.Shell.class;
            default -> EcontextProperties.class;
        };
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(DataObjectPropertyName::toDashedForm)
                .collect(Collectors.joining(", "));
    }
}
