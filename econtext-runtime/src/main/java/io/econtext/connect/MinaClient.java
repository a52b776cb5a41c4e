package io.econtext.connect;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.future.DefaultConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.random.JceRandomFactory;
import org.apache.sshd.common.random.SingletonRandomFactory;
import org.apache.sshd.common.session.helpers.AbstractSessionFactory;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * MINA's client with what we want of it: algorithms, sizes, and nothing that it would find by itself.
 *
 * <p>Safe for use by several threads.
 */
final class MinaClient extends SshClient {
    /**
     * In order of preference. The post-quantum exchange by ML-KEM costs no time that can be seen, the older one by
     * NTRU Prime 60 ms here, more than all the rest of a login: it is for hosts that have nothing else.
     */
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.dhgex256,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg14_256);

    /** The JVM does AES-GCM in hardware, at 900 MB/s here; MINA's ChaCha20 did 250, AES-CTR with a MAC 550. */
    private static final List<BuiltinCiphers> CIPHERS = List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes256ctr,
            BuiltinCiphers.cc20p1305_openssh);

    private static final List<BuiltinMacs> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);

    /** For host keys. Without certificates, whose authorities aren't supported, and SHA-1. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    /** Lets 80 MB/s through at a round trip of 50 ms, and costs nothing: what comes is handed on at once. */
    private static final long WINDOW = 4 * 1024 * 1024;

    private MinaClient() {}

    static MinaClient start(Threads threads, List<IoLoop> loops) {
        MinaClient client = (MinaClient) ClientBuilder.builder()
                .factory(MinaClient::new)
                .keyExchangeFactories(NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ClientBuilder.DH2KEX))
                .cipherFactories(supported(CIPHERS))
                .macFactories(supported(MACS))
                .signatureFactories(supported(SIGNATURES))
                .randomFactory(new SingletonRandomFactory(JceRandomFactory.INSTANCE))
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .kexExtensionHandler(new ServerExtensions())
                .serverKeyVerifier(MinaClient::verify)
                .build();
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServiceFactories(List.of(new AuthService.Factory(), new KeptAlive.Factory()));
        client.setUserAuthFactories(AuthMethods.ALL);
        client.setUserInteraction(new Banners());
        client.setScheduledExecutorService(threads.timer(), false);
        client.setIoServiceFactoryFactory(new SshIo.Factory(loops));
        CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        // as OpenSSH: new keys when the cipher's use demands it, not by the clock
        CoreModuleProperties.REKEY_TIME_LIMIT.set(client, Duration.ZERO);
        CoreModuleProperties.REKEY_BYTES_LIMIT.set(client, 0L);
        client.start();
        return client;
    }

    private static <T, F extends NamedFactory<T> & OptionalFeature> List<NamedFactory<T>> supported(List<F> all) {
        return all.stream()
                .filter(OptionalFeature::isSupported)
                .<NamedFactory<T>>map(factory -> factory)
                .toList();
    }

    private static boolean verify(ClientSession session, SocketAddress address, PublicKey key) {
        return Login.of(session).verify(key);
    }

    static List<NamedFactory<Signature>> signatures(List<String> names) {
        return names.stream()
                .<NamedFactory<Signature>>map(BuiltinSignatures::fromFactoryName)
                .toList();
    }

    /** Connects by the login in {@code context}; never blocks, never throws. */
    ConnectFuture dial(String user, SocketAddress address, AttributeRepository context) {
        try {
            HostConfigEntry nothingMore = new HostConfigEntry();
            nothingMore.setIdentitiesOnly(true);
            return doConnect(user, address, context, null, KeyIdentityProvider.EMPTY_KEYS_PROVIDER, nothingMore);
        } catch (IOException | RuntimeException e) {
            ConnectFuture failed = new DefaultConnectFuture(address, null);
            failed.setException(e);
            return failed;
        }
    }

    @Override
    protected SessionFactory createSessionFactory() {
        return new SessionFactory(this) {
            @Override
            protected ClientSessionImpl doCreateSession(IoSession io) throws Exception {
                return new MinaSession(MinaClient.this, io);
            }
        };
    }

    /** No look at every session every second: limits are the connector's business. */
    @Override
    protected void setupSessionTimeout(AbstractSessionFactory<?, ?> sessions) {}
}
