package io.econtext;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The classes that may stand for an interface or abstract class in an argument or result, as a sealed type's permitted
 * subclasses do by themselves. A value travels with its class's position in this list, never with a name, so both sides
 * need the same list in the same order.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Alternatives {
    Class<?>[] value();
}
