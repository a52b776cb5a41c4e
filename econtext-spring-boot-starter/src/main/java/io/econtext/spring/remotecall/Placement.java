package io.econtext.spring.remotecall;

import io.econtext.RemoteContext;
import io.econtext.call.ValueCodec;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.Contexts;
import io.econtext.spring.ValueRules;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Where the calls of a method go: what is written in {@code @RemoteCall}, evaluated for each call.
 *
 * <p>Immutable, safe for use by any number of threads.
 */
final class Placement {
    private static final String GROUP = "group:";
    private static final ParameterNameDiscoverer PARAMETER_NAMES = new DefaultParameterNameDiscoverer();

    private final String text;
    private final Expression expression;
    private final ConfigurableListableBeanFactory beans;

    private Placement(String text, Expression expression, ConfigurableListableBeanFactory beans) {
        this.text = text;
        this.expression = expression;
        this.beans = beans;
    }

    /** Reads the text and, as far as it is fixed, checks that there is such a context or group. */
    static Placement of(String bean, String text, ConfigurableListableBeanFactory beans) {
        String resolved = Placeholders.resolve(beans, text);
        if (resolved.isBlank()) {
            throw new RemoteCallDefinitionException(
                    bean,
                    "it doesn't say where to run",
                    "Name a context, as in @RemoteCall(\"web1\"), or \"group:web\"");
        }
        try {
            Expression expression = new SpelExpressionParser().parseExpression(resolved, new TemplateParserContext());
            Placement placement = new Placement(resolved, expression, beans);
            if (placement.isFixed()) {
                placement.checkExists(bean);
            }
            return placement;
        } catch (ParseException e) {
            throw new RemoteCallDefinitionException(
                    bean,
                    "'" + resolved + "' is no expression: " + e.getMessage(),
                    "Write expressions as #{…}, with the method's arguments as #name",
                    e);
        }
    }

    private boolean isFixed() {
        return expression instanceof LiteralExpression;
    }

    boolean isSurelyGroup() {
        return isFixed() && text.startsWith(GROUP);
    }

    boolean isSurelyOne() {
        return isFixed() && !text.startsWith(GROUP);
    }

    /** The codecs of which one must know what the method takes and returns. */
    List<ValueCodec> codecs(ValueCodec byFields) {
        if (isFixed()) {
            String name = text.startsWith(GROUP) ? text.substring(GROUP.length()) : text;
            return List.of(isByJackson(name) ? byFields.byJackson() : byFields);
        }
        boolean perhaps = Stream.of(beans.getBeanNamesForType(RemoteContext.class, true, false))
                .anyMatch(this::isByJackson);
        return perhaps ? List.of(byFields, byFields.byJackson()) : List.of(byFields);
    }

    private boolean isByJackson(String name) {
        return beans.containsBeanDefinition(name)
                && beans.getBeanDefinition(name).getAttribute(ValueRules.ATTRIBUTE) == ValueRules.JACKSON;
    }

    private void checkExists(String bean) {
        boolean group = text.startsWith(GROUP);
        String name = group ? text.substring(GROUP.length()) : text;
        String kind = group ? "group" : "context";
        List<String> names =
                List.of(beans.getBeanNamesForType(group ? ContextGroup.class : RemoteContext.class, true, false));
        if (!names.contains(name)) {
            String known = names.isEmpty() ? "none is configured" : "configured are " + String.join(", ", names);
            throw new RemoteCallDefinitionException(
                    bean,
                    "there is no " + kind + " '" + name + "'; " + known,
                    "Correct the name, or configure it below econtext." + kind + "s." + name);
        }
    }

    /** Where this call goes: a {@link RemoteContext} or a {@link ContextGroup}. */
    Object resolve(Method method, @Nullable Object[] arguments) {
        Contexts contexts = beans.getBean(Contexts.class);
        Object value = text;
        if (!isFixed()) {
            MethodBasedEvaluationContext evaluation =
                    new MethodBasedEvaluationContext(beans, method, arguments, PARAMETER_NAMES);
            evaluation.setBeanResolver(new BeanFactoryResolver(beans));
            value = expression.getValue(evaluation);
        }
        if (value instanceof RemoteContext || value instanceof ContextGroup) {
            return value;
        }
        if (!(value instanceof String name) || name.isBlank()) {
            throw new IllegalStateException("'" + text + "' gives " + value
                    + " for this call, which is neither a context nor a group nor the name of one");
        }
        return name.startsWith(GROUP) ? contexts.group(name.substring(GROUP.length())) : contexts.named(name);
    }

    @Override
    public String toString() {
        return text;
    }
}
