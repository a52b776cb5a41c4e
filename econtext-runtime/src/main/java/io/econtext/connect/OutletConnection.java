package io.econtext.connect;

import io.econtext.ConnectFailedException.Died;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.broker.Outlet;
import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;

/** A connection that a context opens, on whose link's thread it reads. Safe for use by several threads. */
final class OutletConnection extends TunnelConnection implements Outlet.Events {
    /** What a host gets to answer: a context's own limit may be shorter, but is not that of the others on that host. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Outlet outlet;
    private final Executor executor;
    private Outlet.Connection connection;

    OutletConnection(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            Outlet outlet,
            Executor executor,
            InetSocketAddress remote,
            IoConnectFuture connecting) {
        super(service, handler, context, remote, connecting);
        this.outlet = outlet;
        this.executor = executor;
    }

    synchronized void connect() {
        if (!isClosing()) {
            connection = outlet.connect(remote.getHostString(), remote.getPort(), PATIENCE, this);
        }
    }

    private synchronized Outlet.Connection connection() {
        return connection;
    }

    @Override
    public void failed(IOException why) {
        String through = "through context '" + outlet.name() + "': ";
        String place = remote.getHostString() + " port " + remote.getPort() + ": ";
        if (why instanceof UnknownHostException) {
            notOpened(new SshFailure(
                    UnknownHost::new,
                    through + "the name " + remote.getHostString() + " can't be resolved there",
                    why));
        } else if (why instanceof SocketTimeoutException) {
            notOpened(new SshFailure(TimedOut::new, through + place + "no answer", why));
        } else {
            notOpened(new SshFailure(Refused::new, through + place + why.getMessage(), why));
        }
    }

    @Override
    public void ended(String reason) {
        notOpened(new SshFailure(Died::new, reason));
        if (reason.isEmpty()) {
            close(true);
        } else {
            broken(new IOException(reason));
        }
    }

    @Override
    void write(ByteBuffer bytes, WriteListener done) {
        connection().write(bytes, done);
    }

    @Override
    void hangUp() {
        Outlet.Connection opened = connection();
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    void later(Runnable task) {
        executor.execute(task);
    }

    /** It is one of another host. */
    @Override
    public SocketAddress getLocalAddress() {
        return null;
    }
}
