package io.econtext.connect;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A connection by TCP. Packets are written at once by whoever sends them; what the socket doesn't take waits for the
 * loop.
 *
 * <p>Reads on its loop's thread; safe for use by several threads. The queue's lock is never held while telling.
 */
final class SocketConnection extends Connection implements IoLoop.Socket {
    /** More than this is no dialogue. */
    private static final int LITTLE = 8 * 1024;

    private record Pending(ByteBuffer bytes, Written future) {}

    private final IoLoop loop;
    private final SocketChannel socket;
    private final SocketAddress remote;
    private final SocketOption<?> quickAck;
    private final Deque<Pending> writes = new ArrayDeque<>();
    private IoConnectFuture connecting;
    private SelectionKey key;

    SocketConnection(
            IoService service, IoHandler handler, AttributeRepository context, IoLoop loop, SocketAddress remote)
            throws IOException {
        super(service, handler, context);
        this.loop = loop;
        this.remote = remote;
        socket = SocketChannel.open();
        quickAck = socket.supportedOptions().stream()
                .filter(option -> option.name().equals("TCP_QUICKACK"))
                .findFirst()
                .orElse(null);
    }

    /** Connects; never blocks. */
    void connect(IoConnectFuture future) {
        connecting = future;
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(remote);
            loop.execute(this::register);
            future.addListener(done -> {
                if (done.isCanceled()) {
                    close(true);
                }
            });
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void register() {
        try {
            key = socket.register(loop.selector(), SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        connecting.setException(cause);
        broken(cause);
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isValid() && ready.isConnectable()) {
                socket.finishConnect();
                ready.interestOps(SelectionKey.OP_READ);
                established(connecting);
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
        } catch (Exception | Error e) {
            failed(e);
        }
    }

    private void read() throws Exception {
        ByteBuffer input = loop.input();
        if (socket.read(input) < 0) {
            close(true);
        } else {
            if (input.position() < LITTLE) {
                acknowledge();
            }
            handler.messageReceived(this, Readable.readable(input.flip()));
        }
    }

    /**
     * Acknowledges what came without waiting for more: sshd leaves Nagle's algorithm on, and so would hold back what it
     * has to say next, for 40 ms in each login. Linux forgets the wish, so it is repeated; others don't know it.
     */
    @SuppressWarnings("unchecked")
    private void acknowledge() throws IOException {
        if (quickAck != null) {
            socket.setOption((SocketOption<Boolean>) quickAck, true);
        }
    }

    @Override
    public IoWriteFuture writeBuffer(Buffer packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet.array(), packet.rpos(), packet.available());
        Written future = new Written(remote);
        IOException failure = null;
        boolean waits = false;
        synchronized (writes) {
            try {
                if (isClosing()) {
                    throw new ClosedChannelException();
                }
                if (writes.isEmpty()) {
                    socket.write(bytes);
                }
                waits = bytes.hasRemaining();
                if (waits) {
                    writes.add(new Pending(bytes, future));
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            fail(future, failure);
        } else if (waits) {
            loop.execute(this::awaitRoom);
        } else {
            future.setValue(Boolean.TRUE);
        }
        return future;
    }

    /** The rest not here: the sender has the session's lock, which whoever is told must not find taken. */
    private void fail(Written future, IOException failure) {
        future.setValue(failure);
        loop.execute(() -> broken(failure));
    }

    private void awaitRoom() {
        if (key != null && key.isValid()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        Pending pending;
        do {
            synchronized (writes) {
                pending = writes.peek();
                if (pending == null) {
                    key.interestOpsAnd(~SelectionKey.OP_WRITE);
                    return;
                }
                socket.write(pending.bytes);
                if (pending.bytes.hasRemaining()) {
                    return;
                }
                writes.remove();
            }
            pending.future.setValue(Boolean.TRUE);
        } while (true);
    }

    @Override
    void later(Runnable task) {
        loop.execute(task);
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
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing {}", this, e);
        }
        Deque<Pending> unwritten;
        synchronized (writes) {
            unwritten = new ArrayDeque<>(writes);
            writes.clear();
        }
        unwritten.forEach(write -> write.future.setValue(new ClosedChannelException()));
        super.doCloseImmediately();
    }

    @Override
    public SocketAddress getLocalAddress() {
        try {
            return socket.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }
}
