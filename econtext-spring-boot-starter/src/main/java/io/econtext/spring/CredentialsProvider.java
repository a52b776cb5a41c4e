package io.econtext.spring;

import org.jspecify.annotations.Nullable;

/**
 * Knows passwords that aren't among the properties. Beans of this type are asked in their order when the password of a
 * configured context is needed and not configured.
 *
 * <p>Called by several threads, which wait for the answer.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The password to give where the context's way in asks for one.
     *
     * @param context the context's name
     * @return the password, which is wiped when it has been given, or {@code null} if this one doesn't know it
     */
    char @Nullable [] password(String context);
}
