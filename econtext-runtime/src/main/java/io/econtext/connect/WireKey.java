package io.econtext.connect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key as it goes over the wire, so that keys are compared byte by byte and unknown kinds do no harm.
 *
 * <p>Immutable.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 its encoding
 */
record WireKey(String type, String base64) {

    static WireKey of(PublicKey key) {
        Buffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return of(buffer.getCompactData());
    }

    static WireKey of(byte[] blob) {
        return new WireKey(
                new ByteArrayBuffer(blob).getString(StandardCharsets.US_ASCII),
                Base64.getEncoder().encodeToString(blob));
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return type + " " + fingerprint();
    }
}
