package io.econtext.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes the methods of a bean run in a remote context.
 *
 * <p>On a class, the bean becomes a stand-in: no instance is made here, and every method that isn't private runs there,
 * on an instance which the class's constructor without parameters makes at the first call. On an interface, which is
 * found in the application's packages, {@link #implementation} names the class that runs there. On a method of an
 * ordinary bean, that method alone runs there. A call of a method by its own object stays where it is.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RemoteCall {

    /** The same as {@link #context}. */
    @AliasFor("context")
    String value() default "";

    /**
     * Where to run: the name of a context, {@code group:} and the name of a group, or either with expressions, such as
     * {@code #{@placement.of(#tenant)}}, whose variables are the arguments by their names.
     *
     * <p>On a group the call runs in each of its contexts. What it returns is a {@code List} in the group's order or a
     * {@code Map} by the contexts' names where the implementation's method returns one element; where it returns the
     * same list or map, these are joined.
     */
    @AliasFor("value")
    String context() default "";

    /** What runs there, for an interface; it has a constructor without parameters. */
    Class<?> implementation() default void.class;

    /** The deadline, such as {@code 5s}; by default that of the context. May be a placeholder. */
    String timeout() default "";
}
