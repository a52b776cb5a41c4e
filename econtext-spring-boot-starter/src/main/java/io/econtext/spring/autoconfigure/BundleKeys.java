package io.econtext.spring.autoconfigure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The private keys and certificates of SSL bundles, each read once, when it is first needed: contexts that name the same
 * bundle share a listener.
 *
 * <p>Safe for use by any number of threads.
 */
final class BundleKeys {
    static final String NO_BUNDLE = "there is no SSL bundle '%s'; there are %s";
    static final String UNUSABLE = "SSL bundle '%s' can't be used: %s";
    static final String NO_KEYS = "SSL bundle '%s' has no key store, only certificates to trust";
    static final String NOT_ONE = "SSL bundle '%s' has private keys under %s; set its key.alias to one of them";

    private static final char[] NO_PASSWORD = {};

    private final ObjectProvider<SslBundles> bundles;
    private final Map<String, KeyStore> stores = new ConcurrentHashMap<>();

    BundleKeys(ObjectProvider<SslBundles> bundles) {
        this.bundles = bundles;
    }

    /**
     * A key store with nothing but the private key of the bundle, without a password, and its certificates.
     *
     * @throws IllegalArgumentException if there is no such bundle, or none with exactly one private key
     */
    KeyStore of(String bundle) {
        return stores.computeIfAbsent(bundle, this::read);
    }

    private KeyStore read(String name) {
        SslBundles all = bundles.getIfAvailable();
        List<String> names = all == null ? List.of() : all.getBundleNames();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(NO_BUNDLE.formatted(name, names));
        }
        try {
            return read(name, all.getBundle(name));
        } catch (IllegalStateException | GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(UNUSABLE.formatted(name, e.getMessage()), e);
        }
    }

    private static KeyStore read(String name, SslBundle bundle) throws GeneralSecurityException, IOException {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            throw new IllegalArgumentException(NO_KEYS.formatted(name));
        }
        bundle.getKey().assertContainsAlias(store);
        String alias = bundle.getKey().getAlias();
        List<String> aliases = alias == null ? privateKeys(store) : List.of(alias);
        if (aliases.size() != 1) {
            throw new IllegalArgumentException(NOT_ONE.formatted(name, aliases));
        }
        String own = bundle.getKey().getPassword();
        Key key = store.getKey(
                aliases.get(0), password(own == null ? bundle.getStores().getKeyStorePassword() : own));
        KeyStore single = KeyStore.getInstance("PKCS12");
        single.load(null, null);
        single.setKeyEntry("econtext", key, NO_PASSWORD, store.getCertificateChain(aliases.get(0)));
        return single;
    }

    private static List<String> privateKeys(KeyStore store) throws GeneralSecurityException {
        List<String> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                found.add(alias);
            }
        }
        return found;
    }

    private static char @Nullable [] password(@Nullable String text) {
        return text == null ? null : text.toCharArray();
    }
}
