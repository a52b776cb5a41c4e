package io.econtext.spring.remotecall;

import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.call.ValueCodec;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.RemoteCall;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.ResolvableType;

/**
 * One method of a bean as it runs elsewhere: checked when it is made, called any number of times.
 *
 * <p>Immutable, safe for use by any number of threads.
 */
final class RemoteMethod {
    private static final ValueCodec CODEC = ServiceLoader.load(ValueCodec.class, ValueCodec.class.getClassLoader())
            .findFirst()
            .orElseThrow();

    private final Method declared;
    private final Method onTarget;
    private final Placement placement;
    private final @Nullable Duration timeout;
    private final @Nullable Results groupResults;

    private RemoteMethod(
            Method declared,
            Method onTarget,
            Placement placement,
            @Nullable Duration timeout,
            @Nullable Results groupResults) {
        this.declared = declared;
        this.onTarget = onTarget;
        this.placement = placement;
        this.timeout = timeout;
        this.groupResults = groupResults;
    }

    static RemoteMethod of(
            String bean,
            Class<?> type,
            Method declared,
            Class<?> implementation,
            RemoteCall call,
            ConfigurableListableBeanFactory beans) {
        String name = type.getSimpleName() + "." + declared.getName();
        Placement placement = Placement.of(bean, call.context(), beans);
        Method onTarget = counterpart(bean, name, declared, implementation);
        ResolvableType here = Results.of(declared, type);
        ResolvableType there = Results.of(onTarget, implementation);
        Results groupResults = Results.of(here, there);
        if (placement.isSurelyGroup() && groupResults == null) {
            throw new RemoteCallDefinitionException(
                    bean,
                    name + " runs in the contexts of a group, but returns " + here,
                    "Return nothing, a List or a Map: the one of the implementation, whose parts are joined, or in an"
                            + " interface a List or a Map by the contexts' names of what its implementation returns");
        }
        if (placement.isSurelyOne() && !Results.fits(here, there)) {
            throw new RemoteCallDefinitionException(
                    bean,
                    name + " returns " + here + ", but its implementation returns " + there,
                    "Let both return the same");
        }
        List<ValueCodec> codecs = placement.codecs(CODEC);
        for (Type parameter : onTarget.getGenericParameterTypes()) {
            checkPortable(bean, name + " takes " + parameter.getTypeName(), parameter, codecs);
        }
        if (there.toClass() != void.class) {
            checkPortable(bean, name + " returns " + there, there.getType(), codecs);
        }
        return new RemoteMethod(declared, onTarget, placement, timeout(bean, call, beans), groupResults);
    }

    private static Method counterpart(String bean, String name, Method declared, Class<?> implementation) {
        for (Class<?> each = implementation; each != null; each = each.getSuperclass()) {
            try {
                Method found = each.getDeclaredMethod(declared.getName(), declared.getParameterTypes());
                return BridgeMethodResolver.findBridgedMethod(found);
            } catch (NoSuchMethodException e) {
                // perhaps inherited
            }
        }
        if (declared.isDefault() && declared.getDeclaringClass().isAssignableFrom(implementation)) {
            return declared;
        }
        throw new RemoteCallDefinitionException(
                bean,
                implementation.getName() + " has no method " + declared.getName() + " with the parameters of " + name,
                "Let it implement the interface");
    }

    private static void checkPortable(String bean, String what, Type type, List<ValueCodec> codecs) {
        NotPortableException refused = null;
        for (ValueCodec codec : codecs) {
            try {
                codec.checkPortable(type);
                return;
            } catch (NotPortableException e) {
                refused = refused == null ? e : refused;
            }
        }
        throw new RemoteCallDefinitionException(
                bean,
                what + ", which can't travel: " + refused.getMessage(),
                "Use records, enums, collections and the JDK's value types, or set values=jackson for the context if the"
                        + " type has annotations of Jackson's; make methods private that only the class itself calls",
                refused);
    }

    private static @Nullable Duration timeout(String bean, RemoteCall call, ConfigurableListableBeanFactory beans) {
        String text = Placeholders.resolve(beans, call.timeout());
        if (text.isBlank()) {
            return null;
        }
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new RemoteCallDefinitionException(
                    bean, "its timeout '" + text + "' is no duration", "Write it as 500ms, 5s or 2m", e);
        }
    }

    @Nullable
    Object call(@Nullable Object[] arguments, TargetInstances instances) throws Throwable {
        Object place = placement.resolve(declared, arguments);
        if (place instanceof ContextGroup group) {
            return callGroup(group, arguments, instances);
        }
        RemoteContext context = (RemoteContext) place;
        return Results.isFuture(declared)
                ? instances.in(context).invokeAsync(onTarget, arguments, timeout)
                : instances.in(context).invoke(onTarget, arguments, timeout);
    }

    private @Nullable Object callGroup(ContextGroup group, @Nullable Object[] arguments, TargetInstances instances)
            throws Throwable {
        if (groupResults == null) {
            throw new IllegalStateException(
                    declared + " returns neither nothing nor a List nor a Map, so it can't run in"
                            + " all contexts of group " + group.name());
        }
        GroupCall call = new GroupCall(group, declared.getName(), groupResults);
        for (RemoteContext context : group) {
            call.add(context, instances.in(context).invokeAsync(onTarget, arguments, timeout));
        }
        return Results.isFuture(declared) ? call.result() : call.await();
    }
}
