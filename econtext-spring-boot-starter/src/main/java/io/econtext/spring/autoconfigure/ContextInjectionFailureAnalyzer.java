package io.econtext.spring.autoconfigure;

import io.econtext.RemoteContext;
import io.econtext.spring.ContextGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.annotation.Order;

/** Says which contexts or groups there are where none, or more than one, could be injected. Stateless. */
// Spring Boot's own analyzers would answer first
@Order(-10)
final class ContextInjectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {
    private final BeanFactory beans;

    ContextInjectionFailureAnalyzer(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        Class<?> type = cause.getBeanType();
        if (type != RemoteContext.class && type != ContextGroup.class) {
            return null;
        }
        boolean isContext = type == RemoteContext.class;
        String kind = isContext ? "context" : "group";
        String example = isContext ? "RemoteContext" : "ContextGroup";
        String where = description == null ? "A bean" : description;
        List<String> names = List.of(((ListableBeanFactory) beans).getBeanNamesForType(type, true, false));
        String known = names.isEmpty() ? "none is configured" : "configured are " + String.join(", ", names);
        if (cause instanceof NoUniqueBeanDefinitionException) {
            String primary = isContext ? ", or mark one by econtext.contexts.NAME.primary=true" : "";
            return new FailureAnalysis(
                    where + " wants a " + kind + ", and it isn't clear which: " + known + ".",
                    "Say which by the parameter's name, as in " + example + " " + variable(names.get(0))
                            + ", by @Qualifier(\"" + names.get(0) + "\")" + primary + ".",
                    cause);
        }
        return new FailureAnalysis(
                where + " wants a " + kind + " that isn't there: " + known + ".",
                isContext
                        ? "Name one of them, or configure it: econtext.contexts.NAME.method=local, or"
                                + " econtext.contexts.NAME.host for a host that is reached by ssh."
                        : "Name one of them, or configure it: econtext.groups.NAME with a list of contexts.",
                cause);
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "");
    }
}
