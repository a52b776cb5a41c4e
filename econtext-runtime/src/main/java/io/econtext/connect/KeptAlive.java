package io.econtext.connect;

import java.io.IOException;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;

/** The channels of one session, with keepalives whose missing answers end it. Threads as in MINA's. */
final class KeptAlive extends ClientConnectionService {
    private static final String REQUEST = "keepalive@openssh.com";

    private KeptAlive(AbstractClientSession session) throws SshException {
        super(session);
    }

    /** Makes the service of each session. */
    static final class Factory implements ServiceFactory {
        @Override
        public String getName() {
            return Login.SERVICE;
        }

        @Override
        public Service create(Session session) throws IOException {
            SshTarget.Tuning tuning = Login.of((ClientSession) session).target().tuning();
            CoreModuleProperties.HEARTBEAT_REQUEST.set(session, REQUEST);
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, tuning.keepalive());
            CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(session, tuning.probes());
            return new KeptAlive((AbstractClientSession) session);
        }
    }

    /** The session's end says the same. */
    @Override
    protected void warn(String text, Object a, Object b, Object c, Object d, Object e, Throwable cause) {
        debug(text, a, b, c, d, e, cause);
    }
}
