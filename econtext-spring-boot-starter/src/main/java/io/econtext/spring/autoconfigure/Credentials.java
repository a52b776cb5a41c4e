package io.econtext.spring.autoconfigure;

import io.econtext.Secret;
import io.econtext.spring.CredentialsProvider;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The passwords of contexts that have none among their properties: those of beans, which are asked when one is needed.
 *
 * <p>Safe for use by any number of threads.
 *
 * @param providers whom to ask
 * @param provided whether the application has any: hosts by ssh share connections where no password is set
 */
record Credentials(ObjectProvider<CredentialsProvider> providers, boolean provided) {

    Secret passwordOf(String context) {
        return Secret.from(() -> providers
                .orderedStream()
                .map(provider -> provider.password(context))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }
}
