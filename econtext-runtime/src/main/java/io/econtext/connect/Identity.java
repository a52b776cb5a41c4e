package io.econtext.connect;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * A key that may be offered to a host.
 *
 * <p>Used by one login at a time; {@link #sign} blocks.
 */
interface Identity {

    WireKey key();

    /** Where it is from, for people. */
    String origin();

    /** Whether signing asks nobody and takes little: such a key can be offered with its signature, untested. */
    boolean isAtHand();

    /**
     * @param algorithm of the signature, which isn't always the key's type
     * @return the signature as it goes over the wire: its algorithm and its bytes
     * @throws SshFailure if a passphrase is wrong or missing
     */
    byte[] sign(String algorithm, byte[] data) throws IOException, GeneralSecurityException, SshFailure;
}
