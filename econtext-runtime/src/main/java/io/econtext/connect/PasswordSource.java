package io.econtext.connect;

import io.econtext.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The password of one login: asked for when a method needs it, and given once, as many hosts lock an account that
 * guesses.
 *
 * <p>Used by whoever has the turn in the authentication.
 */
final class PasswordSource {
    private final Secret secret;
    private final AuthLog log;

    PasswordSource(Secret secret, AuthLog log) {
        this.secret = secret;
        this.log = log;
    }

    boolean isThere() {
        return secret != null;
    }

    /** Whether a method may give it; the next may not. */
    boolean take(String method) {
        if (secret == null || !log.givesPassword()) {
            return false;
        }
        log.tries(method);
        return true;
    }

    /** The password, for the caller to wipe; blocks while somebody is asked. */
    byte[] ask() throws SshFailure {
        char[] characters = secret.reveal();
        if (characters == null) {
            throw log.unanswered();
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] password = new byte[encoded.remaining()];
        encoded.get(password);
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(characters, '\0');
        return password;
    }
}
