package io.econtext.connect;

import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** A connection over TLS to a context that called back: a thread reads, and one writes, started when it first has to. */
final class SocketTransport implements Transport {
    static final String CLOSED = "its host closed the connection";
    static final String LOST = "connection lost: ";

    private static final int BUFFER = 16 * 1024;

    private final Socket socket;
    private final SSLSocket tls;
    private final OutputStream out;
    private final StreamWriter writer;
    private final TransportEvents events;

    /** @param socket that {@code tls} goes by */
    SocketTransport(Socket socket, SSLSocket tls, TransportEvents events) throws IOException {
        this.socket = socket;
        this.tls = tls;
        this.events = events;
        out = tls.getOutputStream();
        writer = new StreamWriter(out, "econtext-back-writer");
    }

    void start() {
        Thread reader = new Thread(this::read, "econtext-back-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        String reason = CLOSED;
        events.started();
        try (InputStream in = tls.getInputStream()) {
            byte[] b = new byte[BUFFER];
            int n;
            while ((n = in.read(b)) >= 0) {
                events.out(b, 0, n);
            }
        } catch (EOFException e) {
            // a context that ends doesn't take leave
        } catch (IOException e) {
            reason = LOST + e.getMessage();
        }
        events.ended(reason);
        close();
    }

    @Override
    public void write(ByteBuffer data, WriteListener done) {
        writer.write(data, done);
    }

    @Override
    public boolean canWriteNow() {
        return true;
    }

    @Override
    public void writeNow(byte[] data) throws IOException {
        out.write(data);
    }

    @Override
    public InetAddress peer() {
        return socket.getInetAddress();
    }

    /** Without a word of TLS, which would wait for whoever is writing. */
    @Override
    public void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // Gone already.
        }
    }

    /** As above. */
    @Override
    public void close() {
        writer.close();
        try {
            socket.close();
        } catch (IOException e) {
            // Gone already.
        }
    }
}
