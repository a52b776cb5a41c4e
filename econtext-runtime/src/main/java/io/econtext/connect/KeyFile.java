package io.econtext.connect;

import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * A private key in a file, in OpenSSH's or a PEM format; an encrypted one is opened when its signature is wanted.
 *
 * <p>Used by one login.
 */
final class KeyFile implements Identity {
    static final String WRONG_PASSPHRASE = "the passphrase is wrong";
    static final String MISSING = "there is no such file";
    static final String NO_PASSPHRASE = "it is encrypted and no passphrase is given";

    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String OPENSSH_END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Secret passphrase;
    private final WireKey key;
    private KeyPair pair;

    private KeyFile(Path file, Secret passphrase, WireKey key, KeyPair pair) {
        this.file = file;
        this.passphrase = passphrase;
        this.key = key;
        this.pair = pair;
    }

    /**
     * Reads the key, or of an encrypted one the public part, so that nobody is asked for the passphrase of a key that
     * the host doesn't want. The private part may be missing, where an agent has it.
     *
     * @throws SshFailure if there is no usable key in the file; the message says why
     */
    static KeyFile read(Path file, Secret passphrase) throws SshFailure {
        try {
            Path companion = file.resolveSibling(file.getFileName() + ".pub");
            boolean alone = !Files.exists(file) && Files.isRegularFile(companion);
            String text = Files.readString(alone ? companion : file, StandardCharsets.ISO_8859_1);
            if (!text.startsWith("-----BEGIN ")) {
                return new KeyFile(file, passphrase, line(text), null);
            }
            if (isEncrypted(text)) {
                WireKey key = text.startsWith(OPENSSH)
                        ? openssh(text)
                        : Files.isRegularFile(companion) ? line(Files.readString(companion)) : null;
                if (key != null) {
                    return new KeyFile(file, passphrase, key, null);
                }
            }
            KeyPair pair = load(file, passphrase);
            return new KeyFile(file, passphrase, WireKey.of(pair.getPublic()), pair);
        } catch (NoSuchFileException e) {
            throw new SshFailure(AuthenticationFailed::new, MISSING, e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new SshFailure(AuthenticationFailed::new, "can't be read: " + e, e);
        }
    }

    private static boolean isEncrypted(String text) {
        return text.startsWith(OPENSSH)
                ? !body(text).getString().equals("none")
                : text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED");
    }

    /** The public key, which this format has in clear after cipher, key derivation and its options. */
    private static WireKey openssh(String text) {
        Buffer buffer = body(text);
        buffer.getString();
        buffer.getString();
        buffer.getBytes();
        buffer.getInt();
        return WireKey.of(buffer.getBytes());
    }

    private static Buffer body(String text) {
        String body = text.substring(OPENSSH.length(), text.indexOf(OPENSSH_END));
        Buffer buffer = new ByteArrayBuffer(Base64.getMimeDecoder().decode(body));
        byte[] magic = new byte[MAGIC.length];
        buffer.getRawBytes(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException("not a private key of OpenSSH's");
        }
        return buffer;
    }

    private static WireKey line(String text) {
        String[] words = text.trim().split("[ \t]+");
        if (words.length < 2) {
            throw new IllegalArgumentException("no key is in it");
        }
        return new WireKey(words[0], words[1]);
    }

    private static KeyPair load(Path file, Secret passphrase) throws IOException, GeneralSecurityException, SshFailure {
        Asked asked = new Asked(passphrase);
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, asked);
            if (pairs == null) {
                throw new IOException("no private key is in it");
            }
            return pairs.iterator().next();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (asked.count == 0) {
                throw e;
            }
            throw new SshFailure(AuthenticationFailed::new, asked.given ? WRONG_PASSPHRASE : NO_PASSPHRASE, e);
        }
    }

    @Override
    public WireKey key() {
        return key;
    }

    @Override
    public String origin() {
        return file.toString();
    }

    @Override
    public boolean isAtHand() {
        return pair != null;
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException, GeneralSecurityException, SshFailure {
        if (pair == null) {
            pair = load(file, passphrase);
        }
        try {
            Signature signature = BuiltinSignatures.fromFactoryName(algorithm).create();
            signature.initSigner(null, pair.getPrivate());
            signature.update(null, data);
            Buffer out = new ByteArrayBuffer();
            out.putString(algorithm);
            out.putBytes(signature.sign(null));
            return out.getCompactData();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** Gives the passphrase once. MINA wants it as a string, the only copy that can't be wiped. */
    private static final class Asked implements FilePasswordProvider {
        private final Secret passphrase;
        private int count;
        private boolean given;

        Asked(Secret passphrase) {
            this.passphrase = passphrase;
        }

        @Override
        public String getPassword(SessionContext session, NamedResource resource, int retry) {
            count++;
            char[] characters = passphrase == null ? null : passphrase.reveal();
            if (characters == null) {
                return null;
            }
            given = true;
            try {
                return new String(characters);
            } finally {
                Arrays.fill(characters, '\0');
            }
        }
    }
}
