package io.econtext.tests.hosts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that start containers. Without an engine they are skipped, or fail where the environment has
 * {@code ECONTEXT_REQUIRE_CONTAINERS=true}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainersCondition.class)
public @interface NeedsContainers {}
