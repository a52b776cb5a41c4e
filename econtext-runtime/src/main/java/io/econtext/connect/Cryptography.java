package io.econtext.connect;

import java.security.Provider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.SunJCESecurityProviderRegistrar;
import org.apache.sshd.common.util.security.bouncycastle.BouncyCastleSecurityProviderRegistrar;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Lends MINA what the JDK lacks, without adding it to the providers of the whole JVM as MINA would.
 *
 * <p>Safe for use by several threads.
 */
final class Cryptography extends BouncyCastleSecurityProviderRegistrar {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private Cryptography() {}

    /**
     * Comes before anything of MINA's is used; does nothing if the application uses MINA already. The JDK's ciphers come
     * first: they are done in hardware, and Bouncy Castle's are ten times slower.
     */
    static void prepare() {
        SecurityUtils.registerSecurityProvider(new SunJCESecurityProviderRegistrar());
        SecurityUtils.registerSecurityProvider(new Cryptography());
    }

    @Override
    public boolean isNamedProviderUsed() {
        return false;
    }

    @Override
    protected Provider getOrCreateProvider(String providerClass) {
        return PROVIDER;
    }
}
