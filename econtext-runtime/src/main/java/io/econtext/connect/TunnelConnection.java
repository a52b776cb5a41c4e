package io.econtext.connect;

import io.econtext.broker.Transport.WriteListener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A connection through something else than a socket of this machine, which takes one write at a time.
 *
 * <p>Safe for use by several threads. The queue's lock is never held while telling or writing.
 */
abstract class TunnelConnection extends Connection {
    private record Pending(ByteBuffer bytes, Written future) {}

    final InetSocketAddress remote;
    private final IoConnectFuture connecting;
    private final Deque<Pending> writes = new ArrayDeque<>();

    TunnelConnection(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            InetSocketAddress remote,
            IoConnectFuture connecting) {
        super(service, handler, context);
        this.remote = remote;
        this.connecting = connecting;
        connecting.addListener(done -> {
            if (done.isCanceled()) {
                close(true);
            }
        });
    }

    /** Writes, and tells once when that is done. */
    abstract void write(ByteBuffer bytes, WriteListener done);

    /** Ends what is below. */
    abstract void hangUp();

    public final void opened() {
        established(connecting);
    }

    /** Does nothing if it was opened. */
    final void notOpened(Throwable why) {
        connecting.setException(why);
    }

    public final void received(byte[] bytes, int offset, int length) {
        try {
            handler.messageReceived(this, new ByteArrayBuffer(bytes, offset, length));
        } catch (Exception e) {
            broken(e);
        }
    }

    @Override
    public IoWriteFuture writeBuffer(Buffer packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet.array(), packet.rpos(), packet.available());
        Pending write = new Pending(bytes, new Written(remote));
        boolean first;
        synchronized (writes) {
            if (isClosing()) {
                write.future.setValue(new ClosedChannelException());
                return write.future;
            }
            first = writes.isEmpty();
            writes.add(write);
        }
        if (first) {
            send(write);
        }
        return write.future;
    }

    private void send(Pending write) {
        write(write.bytes, failure -> {
            Pending following;
            synchronized (writes) {
                writes.poll();
                following = writes.peek();
            }
            write.future.setValue(failure == null ? Boolean.TRUE : failure);
            if (following != null) {
                send(following);
            }
        });
    }

    @Override
    protected CloseFuture doCloseGracefully() {
        Pending last;
        synchronized (writes) {
            last = writes.peekLast();
        }
        return last == null ? null : builder().when(last.future).build().close(false);
    }

    @Override
    protected void doCloseImmediately() {
        hangUp();
        super.doCloseImmediately();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }
}
