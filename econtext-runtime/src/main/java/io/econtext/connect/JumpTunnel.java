package io.econtext.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;

/**
 * A place in a jump host's session, from which the jump host connects us to the next: no port is opened on this machine
 * for it, which others could use too.
 *
 * <p>Safe for use by several threads.
 */
final class JumpTunnel implements Tunnel {
    private final SessionPool pool;
    private final SharedSession jump;
    private boolean closed;

    JumpTunnel(SessionPool pool, SharedSession jump) {
        this.pool = pool;
        this.jump = jump;
    }

    @Override
    public void connect(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            InetSocketAddress address,
            IoConnectFuture future)
            throws IOException {
        new JumpConnection(service, handler, context, jump, address, future).connect();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        pool.release(jump, false);
    }
}
