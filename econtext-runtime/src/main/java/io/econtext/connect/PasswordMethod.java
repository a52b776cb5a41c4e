package io.econtext.connect;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Authentication by a password that is asked for only now, on a worker, and wiped when it is sent.
 *
 * <p>One for each turn of the method, used by whoever has the turn.
 */
final class PasswordMethod extends AbstractUserAuth {
    static final String NAME = "password";

    private static final byte REQUEST = SshConstants.SSH_MSG_USERAUTH_REQUEST;
    private static final int ROOM = 64;

    private final Login login;

    PasswordMethod(Login login) {
        super(NAME);
        this.login = login;
    }

    @Override
    protected boolean sendAuthDataRequest(ClientSession session, String service) {
        if (!login.password().take(NAME)) {
            return false;
        }
        login.work(() -> send(session, service));
        return true;
    }

    private void send(ClientSession session, String service) throws IOException, SshFailure {
        byte[] password = login.password().ask();
        try {
            int length = session.getUsername().length() + service.length() + password.length + ROOM;
            Buffer request = session.createBuffer(REQUEST, length);
            request.putString(session.getUsername());
            request.putString(service);
            request.putString(NAME);
            request.putBoolean(false);
            request.putBytes(password);
            session.writePacket(request);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** The host wants the password changed, which isn't ours to do. */
    @Override
    protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) {
        login.log().passwordTaken();
        login.log().note("the password has expired and must be changed");
        return false;
    }

    @Override
    public void signalAuthMethodFailure(
            ClientSession session, String service, boolean partial, List<String> methods, Buffer buffer) {
        if (partial) {
            login.log().passwordTaken();
        }
    }
}
