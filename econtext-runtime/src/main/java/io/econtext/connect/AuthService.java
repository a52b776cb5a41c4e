package io.econtext.connect;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.auth.AbstractUserAuthServiceFactory;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * The authentication of one session, whose methods may take their time without holding an I/O thread.
 *
 * <p>Messages come on the session's I/O thread; {@link #proceed} is called by any thread, while no answer is awaited.
 */
final class AuthService extends ClientUserAuthService {
    private static final int FAILURE = 51;

    private final Login login;

    AuthService(Session session, Login login) {
        super(session);
        this.login = login;
    }

    /** Makes the service of each session. */
    static final class Factory extends AbstractUserAuthServiceFactory {
        @Override
        public Service create(Session session) throws IOException {
            Login login = Login.of((ClientSession) session);
            CoreModuleProperties.PREFERRED_AUTHS.set(
                    session, String.join(",", login.target().credentials().methods()));
            return new AuthService(session, login);
        }
    }

    /**
     * Nothing yet: a request sent along with the one for this service would save no round trip, as the host's Nagle
     * algorithm holds its second answer back until our acknowledgement of the first, which takes 40 ms.
     */
    @Override
    public void start() {}

    /** The host has the service: authentication begins. */
    void accepted() {
        login.authenticating();
        super.start();
    }

    /** Begins with a signed key where one is at hand, which saves the round trips of asking first. */
    @Override
    protected IoWriteFuture sendInitialAuthRequest(ClientSession session, String service) throws IOException {
        return login.keys().begin(session, service) ? null : super.sendInitialAuthRequest(session, service);
    }

    /** Goes on after something that was tried came to nothing on this side. */
    void proceed() {
        AuthFuture future = authFutureHolder.get();
        if (future == null || future.isDone()) {
            return;
        }
        try {
            if (serverMethods == null) {
                super.sendInitialAuthRequest(getClientSession(), Login.SERVICE);
            } else {
                tryNext(FAILURE, future);
            }
        } catch (Exception e) {
            future.setException(e);
        }
    }

    @Override
    protected void tryNext(int command, AuthFuture future) throws Exception {
        login.log().offers(serverMethods == null ? List.of() : serverMethods);
        super.tryNext(command, future);
    }
}
