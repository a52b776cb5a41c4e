package io.econtext.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A connection through a channel of another session.
 *
 * <p>Reads on that session's I/O thread; safe for use by several threads. The queue's lock is never held while telling
 * or writing.
 */
final class TunnelConnection extends Connection implements TunnelChannel.Events {
    private record Pending(ByteBuffer bytes, Written future) {}

    private final MinaSession jump;
    private final InetSocketAddress remote;
    private final TunnelChannel channel;
    private final Deque<Pending> writes = new ArrayDeque<>();
    private IoConnectFuture connecting;
    private Function<Throwable, Throwable> explanation;

    TunnelConnection(
            IoService service,
            IoHandler handler,
            AttributeRepository context,
            MinaSession jump,
            InetSocketAddress remote) {
        super(service, handler, context);
        this.jump = jump;
        this.remote = remote;
        this.channel = new TunnelChannel(remote, this);
    }

    /** @param explains what it means that the channel was refused */
    void connect(IoConnectFuture future, Function<Throwable, Throwable> explains) throws IOException {
        connecting = future;
        explanation = explains;
        future.addListener(done -> {
            if (done.isCanceled()) {
                close(true);
            }
        });
        jump.open(channel);
    }

    @Override
    public void opened() {
        established(connecting);
    }

    @Override
    public void refused(Throwable why) {
        connecting.setException(explanation.apply(why));
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        try {
            handler.messageReceived(this, new ByteArrayBuffer(bytes, offset, length));
        } catch (Exception e) {
            broken(e);
        }
    }

    @Override
    public void ended() {
        close(true);
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
        channel.write(write.bytes, failure -> {
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
    void later(Runnable task) {
        ((Connection) jump.getIoSession()).later(task);
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
        channel.close(false);
        super.doCloseImmediately();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return jump.getIoSession().getLocalAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }
}
