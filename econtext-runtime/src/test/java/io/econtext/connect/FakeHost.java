package io.econtext.connect;

import io.econtext.Ssh;
import io.econtext.broker.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;

/**
 * An ssh server in this process, for what OpenSSH can't be made to do here: passwords without the machine's accounts,
 * and misbehaviour.
 *
 * <p>Used by one thread.
 */
final class FakeHost implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;
    private static final int SECONDS = 30;

    /** What is changed before it starts. */
    interface Setup {
        void apply(SshServer server) throws IOException;
    }

    private final SshServer server;
    private final PublicKey key;

    private FakeHost(SshServer server, PublicKey key) {
        this.server = server;
        this.key = key;
    }

    /** Whatever the command, it is "run" at once, with exit status 0. */
    static FakeHost start(Setup setup) throws IOException, GeneralSecurityException {
        Cryptography.prepare();
        KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setCommandFactory((channel, command) -> new Command(command));
        CoreModuleProperties.NIO_WORKERS.set(server, 2);
        server.setPublickeyAuthenticator(null);
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        setup.apply(server);
        List<UserAuthFactory> methods = new ArrayList<>();
        if (server.getPublickeyAuthenticator() != null) {
            methods.add(UserAuthPublicKeyFactory.INSTANCE);
        }
        if (server.getPasswordAuthenticator() != null) {
            methods.add(UserAuthPasswordFactory.INSTANCE);
        }
        if (server.getKeyboardInteractiveAuthenticator() != null) {
            methods.add(UserAuthKeyboardInteractiveFactory.INSTANCE);
        }
        server.setUserAuthFactories(methods.isEmpty() ? List.of(UserAuthPublicKeyFactory.INSTANCE) : methods);
        server.start();
        return new FakeHost(server, key.getPublic());
    }

    private static final class Command extends AbstractCommandSupport {
        Command(String command) {
            super(command, ThreadUtils.newSingleThreadExecutor("fake-command"));
        }

        @Override
        public void run() {
            onExit(0);
        }
    }

    /** A command that runs until it is ended. */
    static final class Endless extends AbstractCommandSupport {
        private final CountDownLatch end = new CountDownLatch(1);

        Endless() {
            super("endless", ThreadUtils.newSingleThreadExecutor("fake-command"));
        }

        @Override
        public void run() {
            try {
                end.await();
            } catch (InterruptedException e) {
                onExit(1);
            }
        }

        @Override
        public void destroy(ChannelSession channel) throws Exception {
            end.countDown();
            super.destroy(channel);
        }
    }

    /** A command that sends back what it gets. */
    static final class Echo extends AbstractCommandSupport {
        Echo() {
            super("echo", ThreadUtils.newSingleThreadExecutor("fake-command"));
        }

        @Override
        public void run() {
            try {
                byte[] block = new byte[BLOCK];
                int length = getInputStream().read(block);
                while (length >= 0) {
                    getOutputStream().write(block, 0, length);
                    getOutputStream().flush();
                    length = getInputStream().read(block);
                }
                onExit(0);
            } catch (IOException e) {
                onExit(1);
            }
        }
    }

    /** Whether so many bytes come back from an {@link Echo} as they went. */
    static boolean echoed(SshConnector connector, Ssh way, int size) throws Exception {
        CRC32 sent = new CRC32();
        CRC32 got = new CRC32();
        CountDownLatch all = new CountDownLatch(size / BLOCK);
        Recorder recorder = new Recorder() {
            private int received;

            @Override
            public void out(byte[] bytes, int offset, int length) {
                got.update(bytes, offset, length);
                received += length;
                while (received >= BLOCK) {
                    received -= BLOCK;
                    all.countDown();
                }
            }
        };
        Transport transport = connector.start(way, "echo", recorder);
        recorder.awaitStart();
        Random random = new Random(1);
        for (int at = 0; at < size; at += BLOCK) {
            byte[] block = new byte[BLOCK];
            random.nextBytes(block);
            sent.update(block);
            CompletableFuture<Throwable> written = new CompletableFuture<>();
            transport.write(ByteBuffer.wrap(block), written::complete);
            if (written.get(SECONDS, TimeUnit.SECONDS) != null) {
                return false;
            }
        }
        boolean complete = all.await(SECONDS, TimeUnit.SECONDS);
        transport.close();
        recorder.awaitEnd();
        return complete && sent.getValue() == got.getValue();
    }

    /** Its line in a file of known hosts. */
    String knownHost() {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key) + "\n";
    }

    SshServer server() {
        return server;
    }

    int port() {
        return server.getPort();
    }

    /** As {@code deploy}, with nothing to show. */
    Ssh.Builder way(Path nowhere) {
        return Ssh.to("deploy@127.0.0.1:" + port())
                .agent(false)
                .identity(nowhere.resolve("no-key").toString())
                .configFile("")
                .pinnedKey(KeyUtils.getFingerPrint(key));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
