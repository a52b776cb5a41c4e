package io.econtext.connect;

import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.ThreadUtils;

/**
 * A channel that hands on what comes where it was decrypted, and encrypts what goes straight from the writer's buffer:
 * MINA's own streams would copy both, and want a read to be asked for.
 *
 * <p>What comes is told on the session's I/O thread. {@link #write} may be called by any thread. Packets are cut under
 * the lock but sent outside it, by one thread at a time, as sending may end in anybody's listener.
 */
abstract class DataChannel extends AbstractClientChannel {
    private static final byte DATA = SshConstants.SSH_MSG_CHANNEL_DATA;
    private static final int ROOM = 12;
    /** Who writes more than this is told by the I/O thread: told at once, a sender would go on for others. */
    private static final int SMALL = 8 * 1024;

    private record Packet(Buffer buffer, boolean last, boolean large) {}

    private final Object lock = new Object();
    private ByteBuffer data;
    private WriteListener listener;
    private boolean pumping;
    private boolean shut;

    DataChannel(String type) {
        super(type);
        addCloseFutureListener(closed -> closed());
    }

    /** The host opened the channel, or refused to. */
    abstract void opened(OpenFuture done);

    /** Valid during the call only. */
    abstract void received(byte[] bytes, int offset, int length, boolean isError);

    /** Nothing comes any more. */
    abstract void ended();

    /** MINA forgets those who wait for the opening when the session ends before it. */
    private void closed() {
        if (openFuture != null && !openFuture.isDone()) {
            openFuture.setException(new IOException("the session ended"));
        } else if (openFuture != null && openFuture.isOpened()) {
            ended();
        }
    }

    /** As {@link io.econtext.broker.Transport#write}. */
    final void write(ByteBuffer bytes, WriteListener done) {
        boolean refused;
        synchronized (lock) {
            if (listener != null) {
                throw new IllegalStateException("a write is outstanding");
            }
            refused = shut;
            if (!refused) {
                data = bytes;
                listener = done;
            }
        }
        if (refused) {
            done.written(new IOException("the channel is closed"));
        } else if (bytes.hasRemaining()) {
            pump();
        } else {
            written(null);
        }
    }

    /** Sends what the host's window takes; the rest when it grows. */
    private void pump() {
        synchronized (lock) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        Packet packet = cut();
        while (packet != null) {
            send(packet);
            packet = cut();
        }
    }

    private void send(Packet packet) {
        try {
            // as one of MINA's own threads: others would be held while keys are exchanged
            ThreadUtils.runAsInternal(packet.buffer, this::writePacket).addListener(sent -> {
                if (packet.last && packet.large) {
                    connection().later(() -> written(sent.getException()));
                } else if (packet.last) {
                    written(sent.getException());
                }
            });
        } catch (IOException | RuntimeException e) {
            written(e);
        }
    }

    private Connection connection() {
        return (Connection) getSession().getIoSession();
    }

    private Packet cut() {
        synchronized (lock) {
            RemoteWindow window = getRemoteWindow();
            int length = data == null
                    ? 0
                    : (int) Math.min(data.remaining(), Math.min(window.getSize(), window.getPacketSize()));
            if (length == 0) {
                pumping = false;
                return null;
            }
            window.consume(length);
            Buffer packet = getSession().createBuffer(DATA, length + ROOM);
            packet.putUInt(getRecipient());
            packet.putUInt(length);
            packet.ensureCapacity(length);
            data.get(packet.array(), packet.wpos(), length);
            packet.wpos(packet.wpos() + length);
            return new Packet(packet, !data.hasRemaining(), length > SMALL);
        }
    }

    private void written(Throwable failure) {
        WriteListener done;
        synchronized (lock) {
            done = listener;
            listener = null;
            data = null;
        }
        if (done != null) {
            done.written(failure);
        }
    }

    /** As {@link io.econtext.broker.Transport#endInput}. */
    final void endInput() {
        try {
            ThreadUtils.runAsInternal(this, DataChannel::sendEof);
        } catch (IOException e) {
            // it ends by itself
        }
    }

    @Override
    public void handleWindowAdjust(Buffer buffer) throws IOException {
        super.handleWindowAdjust(buffer);
        pump();
    }

    @Override
    protected void doWriteData(byte[] bytes, int offset, long length) throws IOException {
        received(bytes, offset, (int) length, false);
        getLocalWindow().release(length);
    }

    @Override
    protected void doWriteExtendedData(byte[] bytes, int offset, long length) throws IOException {
        received(bytes, offset, (int) length, true);
        getLocalWindow().release(length);
    }

    @Override
    protected void preClose() {
        super.preClose();
        synchronized (lock) {
            shut = true;
        }
        written(new IOException("the channel is closed"));
    }
}
