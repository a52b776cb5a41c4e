package io.econtext.spring.autoconfigure;

import io.econtext.Secret;
import io.econtext.spring.CredentialsProvider;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What contexts and this program prove themselves by that isn't among their properties: passwords, which beans are asked
 * for when one is needed, and the keys of SSL bundles.
 *
 * <p>Safe for use by any number of threads.
 *
 * @param providers whom to ask
 * @param provided whether the application has any: hosts by ssh share connections where no password is set
 * @param keys of contexts that call back
 */
record Credentials(ObjectProvider<CredentialsProvider> providers, boolean provided, BundleKeys keys) {

    Secret passwordOf(String context) {
        return Secret.from(() -> providers
                .orderedStream()
                .map(provider -> provider.password(context))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }
}
