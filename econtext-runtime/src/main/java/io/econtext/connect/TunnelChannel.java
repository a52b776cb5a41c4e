package io.econtext.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/** A channel by which a host connects us to another. Threads as in {@link DataChannel}. */
final class TunnelChannel extends DataChannel {
    private static final byte OPEN = SshConstants.SSH_MSG_CHANNEL_OPEN;
    private static final int ROOM = 128;

    /** Told on the I/O thread of the session that has the channel, and of the end on any. */
    interface Events {
        void opened();

        void refused(Throwable why);

        void received(byte[] bytes, int offset, int length);

        void ended();
    }

    private final InetSocketAddress destination;
    private final Events events;

    TunnelChannel(InetSocketAddress destination, Events events) {
        super("direct-tcpip");
        this.destination = destination;
        this.events = events;
    }

    /** As the original, but with where to connect to; who wants it is nobody's business. */
    @Override
    public synchronized OpenFuture open() throws IOException {
        openFuture = new DefaultOpenFuture(destination, futureLock);
        String host = destination.getHostString();
        Buffer request = getSession().createBuffer(OPEN, host.length() + ROOM);
        request.putString(getChannelType());
        request.putUInt(getChannelId());
        request.putUInt(getLocalWindow().getSize());
        request.putUInt(getLocalWindow().getPacketSize());
        request.putString(host);
        request.putUInt(destination.getPort());
        request.putString("127.0.0.1");
        request.putUInt(0);
        writePacket(request);
        return openFuture;
    }

    @Override
    protected void doOpen() {}

    @Override
    void opened(OpenFuture done) {
        if (done.isOpened()) {
            events.opened();
        } else {
            events.refused(done.getException());
        }
    }

    @Override
    void received(byte[] bytes, int offset, int length, boolean isError) {
        if (!isError) {
            events.received(bytes, offset, length);
        }
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        close(false);
    }

    @Override
    void ended() {
        events.ended();
    }
}
