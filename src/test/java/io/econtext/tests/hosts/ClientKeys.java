package io.econtext.tests.hosts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** The keys of a test run, in a folder that the test hands in and removes. Immutable. */
public final class ClientKeys {

    public static final String PASSPHRASE = "open sesame";

    private final Path directory;
    private final List<String> authorized;

    private ClientKeys(Path directory, List<String> authorized) {
        this.directory = directory;
        this.authorized = authorized;
    }

    public static ClientKeys generate(Path directory) throws IOException, GeneralSecurityException {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setCipherName("AES");
        encryption.setCipherType("256");
        encryption.setPassword(PASSPHRASE);
        String plain = generate(directory.resolve("plain"), null);
        String encrypted = generate(directory.resolve("encrypted"), encryption);
        Files.writeString(
                directory.resolve("host.pub"), "ssh-ed25519 " + generate(directory.resolve("host"), null) + " host\n");
        return new ClientKeys(directory, List.of(plain, encrypted));
    }

    /** A private key that opens without a passphrase. */
    public Path plain() {
        return directory.resolve("plain");
    }

    /** A private key that {@link #PASSPHRASE} opens. */
    public Path encrypted() {
        return directory.resolve("encrypted");
    }

    /** The public halves of both, without their type, which is {@code ssh-ed25519}. */
    List<String> authorized() {
        return authorized;
    }

    /** The private key of a server on this machine, with its public half beside it in a {@code .pub} file. */
    Path hostKey() {
        return directory.resolve("host");
    }

    /** Writes a file of known hosts for one server. */
    Path knownHosts(int port, String hostKey) throws IOException {
        return knownHosts("known_hosts-" + port, "[127.0.0.1]:" + port, hostKey);
    }

    /** Writes a file of known hosts for one host at the usual port. */
    Path knownHosts(String name, String hostKey) throws IOException {
        return knownHosts("known_hosts-" + name, name, hostKey);
    }

    private Path knownHosts(String file, String host, String key) throws IOException {
        return Files.writeString(directory.resolve(file), host + " " + key + "\n");
    }

    private static String generate(Path file, OpenSSHKeyEncryptionContext encryption)
            throws IOException, GeneralSecurityException {
        KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "econtext-tests", encryption, out);
        }
        return PublicKeyEntry.toString(pair.getPublic()).split(" ")[1];
    }
}
