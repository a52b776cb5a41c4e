package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.spring.Contexts;
import io.econtext.spring.Specs;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import io.econtext.spring.autoconfigure.EcontextMetricsAutoConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Configured contexts that call back: processes of this machine. */
class CallBackTest {
    private static final String PASSWORD = "correct horse";

    private final int port = freePort();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EcontextAutoConfiguration.class,
                    EcontextMetricsAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    SslAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues(
                    "econtext.contexts.one.method=local",
                    "econtext.contexts.one.connect-back.host=127.0.0.1",
                    "econtext.contexts.one.connect-back.port=" + port,
                    "econtext.contexts.one.connect-back.bind-address=127.0.0.1");

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aContextCallsBackAsItsPropertiesSay() {
        runner.run(context -> {
            RemoteContext one = context.getBean("one", RemoteContext.class);
            assertThat(one.call(CallBackTest::name)).isEqualTo("one");
            assertThat(one.address()).isEqualTo("local:?connect-back=127.0.0.1:" + port);
        });
    }

    @Test
    void aSpecificationSharesTheListener() {
        runner.run(context -> {
            context.getBean("one", RemoteContext.class).connect();
            String spec = "local:?name=two&connect-back=127.0.0.1:" + port + "&connect-back-listen=127.0.0.1";
            RemoteContext two = context.getBean(Contexts.class)
                    .define(context.getBean(Specs.class).parse(spec).way(), null);
            assertThat(two.call(CallBackTest::name)).isEqualTo("two");
        });
    }

    @Test
    void theCertificateOfABundleIsShown(@TempDir Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        newKey(keys, "other");
        newKey(keys, "controller");
        String bundle = "spring.ssl.bundle.jks.tls.";
        runner.withPropertyValues(
                        bundle + "keystore.location=file:" + keys,
                        bundle + "keystore.password=" + PASSWORD,
                        bundle + "key.alias=controller",
                        "econtext.contexts.one.connect-back.ssl-bundle=tls",
                        "econtext.contexts.two.spec=local:?connect-back=127.0.0.1:" + port
                                + "&connect-back-listen=127.0.0.1&connect-back-ssl-bundle=tls")
                .run(context -> {
                    RemoteContext one = context.getBean("one", RemoteContext.class);
                    assertThat(one.call(CallBackTest::name)).isEqualTo("one");
                    assertThat(context.getBean("two", RemoteContext.class).call(CallBackTest::name))
                            .as("by the same listener")
                            .isEqualTo("two");
                    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
                    assertThat(shown()).isEqualTo(store.getCertificate("controller"));
                });
    }

    @Test
    void aBundleThatLeavesAChoiceFailsAtStart(@TempDir Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        newKey(keys, "one");
        newKey(keys, "other");
        runner.withPropertyValues(
                        "spring.ssl.bundle.jks.tls.keystore.location=file:" + keys,
                        "spring.ssl.bundle.jks.tls.keystore.password=" + PASSWORD,
                        "econtext.contexts.one.connect-back.ssl-bundle=tls")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("has private keys under [one, other]; set its key.alias"));
    }

    @Test
    void strangersAreRefusedAndCounted() {
        runner.run(context -> {
            RemoteContext one = context.getBean("one", RemoteContext.class).connect();
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
                stranger.getInputStream().readAllBytes();
            }
            Awaitility.await().until(() -> refused(context.getBean(MeterRegistry.class)) == 1);
            assertThat(context.getBean(Broker.class).refusedCallBacks()).isOne();
            assertThat(one.state()).isEqualTo(ContextState.CONNECTED);
        });
    }

    private static double refused(MeterRegistry registry) {
        return registry.find("econtext.callbacks.refused").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    static String name() {
        return Econtext.current().name();
    }

    private static void newKey(Path store, String alias) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        alias,
                        "-dname",
                        "CN=" + alias,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    /** The certificate that who calls gets to see. */
    private Certificate shown() throws Exception {
        AtomicReference<Certificate> shown = new AtomicReference<>();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Curious(shown)}, null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
        }
        return shown.get();
    }

    private record Curious(AtomicReference<Certificate> shown) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            shown.set(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
