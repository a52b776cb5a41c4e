package io.econtext.connect;

import io.econtext.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What the controller proves itself by to those who call back: a private key and its certificate. Immutable. */
final class TlsKeys {
    static final String NOT_ONE = "the key store has private keys under %s; it must have exactly one";

    /** Every Java can use it, also one without elliptic curves. */
    private static final String ALGORITHM = "RSA";

    private static final int BITS = 2048;
    private static final int SERIAL_BITS = 64;
    /** Nobody looks at it, but some libraries want one. */
    private static final Duration VALID = Duration.ofDays(36_500);

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(2);

    private final SSLContext tls;
    private final byte[] pin;

    private TlsKeys(SSLContext tls, X509Certificate certificate) throws GeneralSecurityException {
        this.tls = tls;
        pin = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    }

    SSLSocketFactory sockets() {
        return tls.getSocketFactory();
    }

    /** The SHA-256 of the certificate. A copy. */
    byte[] pin() {
        return pin.clone();
    }

    /** @param password of the key; may be {@code null} */
    static TlsKeys of(KeyStore store, Secret password) throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                names.add(name);
            }
        }
        if (names.size() != 1 || !(store.getCertificate(names.get(0)) instanceof X509Certificate certificate)) {
            throw new KeyStoreException(NOT_ONE.formatted(names));
        }
        char[] revealed = password == null ? new char[0] : password.reveal();
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, revealed);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return new TlsKeys(tls, certificate);
        } finally {
            Arrays.fill(revealed, '\0');
        }
    }

    static TlsKeys selfSigned() throws GeneralSecurityException {
        return of(newStore(), null);
    }

    /** With a private key of its own, without a password. */
    static KeyStore newStore() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(BITS);
        KeyPair keys = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=econtext");
        Instant from = Instant.now().minus(CLOCKS_DIFFER);
        try {
            X509CertificateHolder signed = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, new SecureRandom()),
                            Date.from(from),
                            Date.from(from.plus(VALID)),
                            name,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256with" + ALGORITHM).build(keys.getPrivate()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(signed);
            store.setKeyEntry("econtext", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            return store;
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
