package io.econtext.connect;

import io.econtext.ConnectFailedException.Refused;
import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;

/** A connection through a channel of another session, on whose I/O thread it reads. Safe for use by several threads. */
final class JumpConnection extends TunnelConnection implements TunnelChannel.Events {
    private final SharedSession jump;
    private final TunnelChannel channel;

    JumpConnection(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            SharedSession jump,
            InetSocketAddress remote,
            IoConnectFuture connecting) {
        super(service, handler, context, remote, connecting);
        this.jump = jump;
        channel = new TunnelChannel(remote, this);
    }

    void connect() throws IOException {
        jump.session.open(channel);
    }

    @Override
    public void refused(Throwable why) {
        notOpened(new SshFailure(
                Refused::new,
                "jump host " + jump.target + " can't connect to " + remote.getHostString() + " port " + remote.getPort()
                        + ": " + why.getMessage(),
                why));
    }

    @Override
    public void ended() {
        close(true);
    }

    @Override
    void write(ByteBuffer bytes, WriteListener done) {
        channel.write(bytes, done);
    }

    @Override
    void hangUp() {
        channel.close(false);
    }

    @Override
    void later(Runnable task) {
        ((Connection) jump.session.getIoSession()).later(task);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return jump.session.getIoSession().getLocalAddress();
    }
}
