package io.econtext.tests.behaviour;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Marks a {@link Behaviour} that every way in has: its tests run once over each, and leave nothing behind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NothingLeftBehind.class)
@ParameterizedClass(name = "over {0}")
@EnumSource(WayIn.class)
@interface OverEveryWay {}
