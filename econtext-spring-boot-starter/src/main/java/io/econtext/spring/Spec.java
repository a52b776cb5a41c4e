package io.econtext.spring;

import io.econtext.Way;
import org.jspecify.annotations.Nullable;

/**
 * A specification that was understood. Immutable.
 *
 * @param way how the context is started
 * @param via the name of the context that starts it, or a specification of that one; {@code null} for this program
 */
public record Spec(Way way, @Nullable String via) {}
