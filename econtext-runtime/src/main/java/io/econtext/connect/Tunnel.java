package io.econtext.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;

/** What connects us to a host that this machine doesn't reach. Safe for use by several threads. */
interface Tunnel {

    /** Begins to connect; never blocks. */
    void connect(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            InetSocketAddress address,
            IoConnectFuture future)
            throws IOException;

    /** It isn't needed any more; idempotent. */
    void close();
}
