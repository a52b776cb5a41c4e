package io.econtext.connect;

import io.econtext.broker.Outlet;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;

/** Connections that a context opens for us. Immutable. */
record OutletTunnel(Outlet outlet, Executor later) implements Tunnel {

    @Override
    public void connect(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            InetSocketAddress address,
            IoConnectFuture future) {
        new OutletConnection(service, handler, context, outlet, later, address, future).connect();
    }

    /** Nothing is kept for it. */
    @Override
    public void close() {}
}
