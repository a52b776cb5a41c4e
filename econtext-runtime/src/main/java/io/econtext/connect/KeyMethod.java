package io.econtext.connect;

import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Authentication by public key. A key at hand goes with its signature at once; for the others, which may want a
 * passphrase or an agent's consent, the host is asked first whether it would take them.
 *
 * <p>One for each login, used by whoever has the turn: the I/O thread, or the worker that signs.
 */
final class KeyMethod extends AbstractUserAuth {
    static final String NAME = "publickey";

    private static final byte REQUEST = SshConstants.SSH_MSG_USERAUTH_REQUEST;
    private static final byte TAKEN = SshConstants.SSH_MSG_USERAUTH_PK_OK;
    private static final int ROOM = 64;

    private final Login login;
    private final Iterator<Identity> keys;
    private final Identity first;
    private Identity key;
    private String algorithm;

    KeyMethod(Login login, Identities identities) {
        super(NAME);
        this.login = login;
        this.keys = identities.keys().iterator();
        this.first = identities.keys().isEmpty() ? null : identities.keys().get(0);
    }

    /** Makes a signed key the very first request, if there is one at hand. */
    boolean begin(ClientSession session, String service) throws IOException {
        return first != null
                && first.isAtHand()
                && login.target().credentials().methods().indexOf(NAME) == 0
                && algorithm(session, first.key().type()) != null
                && sendAuthDataRequest(session, service);
    }

    @Override
    protected boolean sendAuthDataRequest(ClientSession session, String service) throws IOException {
        algorithm = null;
        while (algorithm == null) {
            if (!keys.hasNext()) {
                return false;
            }
            key = keys.next();
            algorithm = algorithm(session, key.key().type());
            if (algorithm == null) {
                login.log().note(key.origin() + ": the host takes no RSA signatures but SHA-1's");
            }
        }
        login.log().tries(NAME + " (" + key.origin() + ", " + key.key() + ")");
        if (key.isAtHand()) {
            login.work(() -> sign(session, service));
        } else {
            session.writePacket(request(session, service, false));
        }
        return true;
    }

    /** The key's type, but for RSA, whose old signatures nobody takes any more; {@code null} if the host can't. */
    private String algorithm(ClientSession session, String type) {
        if (!type.startsWith("ssh-rsa")) {
            return type;
        }
        String suffix = type.substring("ssh-rsa".length());
        Collection<String> taken = session.getAttribute(ServerExtensions.SIGNATURES);
        for (String name : new String[] {"rsa-sha2-512", "rsa-sha2-256"}) {
            if (taken == null || taken.contains(name + suffix)) {
                return name + suffix;
            }
        }
        return null;
    }

    /** The host would take the key. */
    @Override
    protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) {
        if (buffer.getUByte() != TAKEN) {
            return false;
        }
        login.work(() -> sign(session, service));
        return true;
    }

    private void sign(ClientSession session, String service) throws IOException {
        byte[] signature;
        try {
            Buffer signed = new ByteArrayBuffer();
            signed.putBytes(session.getSessionId());
            signed.putByte(REQUEST);
            fill(signed, session, service, true);
            signature = key.sign(algorithm, signed.getCompactData());
        } catch (Exception e) {
            login.log().note(key.origin() + ": " + (e instanceof SshFailure ? e.getMessage() : e.toString()));
            login.proceed();
            return;
        }
        Buffer request = request(session, service, true);
        request.putBytes(signature);
        session.writePacket(request);
    }

    private Buffer request(ClientSession session, String service, boolean signed) {
        int length = session.getUsername().length()
                + service.length()
                + key.key().base64().length()
                + ROOM;
        return fill(session.createBuffer(REQUEST, 2 * length), session, service, signed);
    }

    private Buffer fill(Buffer buffer, ClientSession session, String service, boolean signed) {
        buffer.putString(session.getUsername());
        buffer.putString(service);
        buffer.putString(NAME);
        buffer.putBoolean(signed);
        buffer.putString(algorithm);
        buffer.putBytes(key.key().blob());
        return buffer;
    }
}
