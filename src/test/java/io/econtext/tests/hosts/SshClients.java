package io.econtext.tests.hosts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.DefaultKnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;

/** A client that owes nothing to econtext, to check the servers themselves. Its methods keep nothing. */
final class SshClients {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SshClients() {}

    /** Comes in with a key, runs a command and gives what it printed on its standard output. */
    static String runWithKey(SshServer server, String user, Path key, String command) throws Exception {
        FileKeyPairProvider keys = new FileKeyPairProvider(key);
        keys.setPasswordFinder(FilePasswordProvider.of(ClientKeys.PASSPHRASE));
        try (SshClient client = client(server, keys)) {
            return run(client, server, user, command);
        }
    }

    /** Comes in with a password by whichever method the server asks for. */
    static String runWithPassword(SshServer server, String user, String password, String command) throws Exception {
        try (SshClient client = client(server, KeyIdentityProvider.EMPTY_KEYS_PROVIDER)) {
            client.addPasswordIdentity(password);
            return run(client, server, user, command);
        }
    }

    private static SshClient client(SshServer server, KeyIdentityProvider keys) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setKeyIdentityProvider(keys);
        // or the server presents a key of another kind, and it would count as modified
        client.setSignatureFactories(List.of(BuiltinSignatures.ed25519));
        client.setServerKeyVerifier(
                new DefaultKnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, true, server.knownHosts()));
        client.start();
        return client;
    }

    private static String run(SshClient client, SshServer server, String user, String command) throws Exception {
        try (ClientSession session = client.connect(user, "127.0.0.1", server.port())
                .verify(PATIENCE)
                .getSession()) {
            session.auth().verify(PATIENCE);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            try (ChannelExec channel = session.createExecChannel(command)) {
                channel.setOut(output);
                channel.setErr(new ByteArrayOutputStream());
                channel.open().verify(PATIENCE);
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            }
            return output.toString(StandardCharsets.UTF_8).strip();
        }
    }
}
