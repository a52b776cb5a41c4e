package io.econtext.connect;

import java.util.Collection;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.kex.extension.KexExtensionHandler;
import org.apache.sshd.common.kex.extension.parser.ServerSignatureAlgorithms;
import org.apache.sshd.common.session.Session;

/**
 * Learns which signatures a host takes. MINA's own would reorder the host key's algorithms by it as well, so that the
 * next key exchange may bring another host key.
 *
 * <p>Stateless.
 */
final class ServerExtensions implements KexExtensionHandler {
    /** What the host said, if it did. */
    static final AttributeKey<Collection<String>> SIGNATURES = new AttributeKey<>();

    @Override
    public boolean isKexExtensionsAvailable(Session session, AvailabilityPhase phase) {
        return phase != AvailabilityPhase.PREKEX;
    }

    @Override
    public boolean handleKexExtensionRequest(Session session, int index, int count, String name, byte[] data)
            throws Exception {
        if (name.equals(ServerSignatureAlgorithms.NAME)) {
            session.setAttribute(SIGNATURES, ServerSignatureAlgorithms.INSTANCE.parseExtension(data));
        }
        return true;
    }
}
