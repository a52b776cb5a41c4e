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
        Class<?> type = switch (element(name, 1)) {
            case "contexts" -> context(name, 3);
            case "defaults" -> context(name, 2);
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

    /** @param at where the name of the context's property is */
    private static Class<?> context(ConfigurationPropertyName name, int at) {
        boolean isCallBack = element(name, at).equals("connectback") && name.getNumberOfElements() > at + 1;
        return isCallBack ? ContextProperties.CallBack.class : ContextProperties.class;
    }

    private static String element(ConfigurationPropertyName name, int index) {
        return name.getNumberOfElements() > index ? name.getElement(index, ConfigurationPropertyName.Form.UNIFORM) : "";
    }
}
