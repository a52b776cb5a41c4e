package io.econtext.parent;

import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A TCP connection from here to wherever the controller wants, whose bytes travel as messages.
 *
 * <pre>
 * from here:  u8 {@link #OPENED}, with a handle for what goes there as the reply handle; then
 * both ways:  u8 {@link #BYTES}    bytes
 *             u8 {@link #CREDIT}   i32 bytes that were taken
 *             u8 {@link #END}      from here with the reason in UTF-8, empty where the other end closed
 * </pre>
 *
 * Each side may have {@link #WINDOW} bytes under way and gets credit back by the half of that, so no more than that waits
 * here to be written, or in a link's queue. Where one direction ends, both do.
 *
 * <p>One thread reads the socket, another one writes it; messages come on the link's reader, which only queues them.
 */
public final class Relay extends Handler implements Runnable {
    public static final int OPENED = 0;
    public static final int BYTES = 1;
    public static final int CREDIT = 2;
    public static final int END = 3;

    /** How many bytes may be under way, for each direction. */
    public static final int WINDOW = 256 << 10;
    /** The most bytes of one message. */
    public static final int CHUNK = 32 << 10;

    private static final int CONGESTION_MILLIS = 5;
    /** How long the last bytes may take, where the other end doesn't read. */
    private static final int LAST_MILLIS = 1000;

    private final Router router;
    private final Socket socket;
    private final int far;
    private final int handle;
    private final LinkedBlockingQueue<byte[]> output = new LinkedBlockingQueue<>();
    private final Thread writer = daemon(new Writer(), "econtext-relay-writer");
    private int credit = WINDOW;
    /** Why nothing is read any more. */
    private String end;

    private Relay(Router router, Socket socket, int far) {
        super(router.controller());
        this.router = router;
        this.socket = socket;
        this.far = far;
        handle = router.register(this);
    }

    /**
     * Connects, and then serves a handle of the controller until either side ends.
     *
     * @throws IOException if it can't connect; those that are named are told apart by the controller
     */
    public static void open(String host, int port, int timeoutMillis, int far)
            throws UnknownHostException, SocketTimeoutException, ConnectException, IOException {
        Socket socket = Dialing.connect(host, port, System.nanoTime() + timeoutMillis * 1000000L);
        Relay relay = new Relay(Context.current.router, socket, far);
        relay.writer.start();
        daemon(relay, "econtext-relay-reader").start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void run() {
        try {
            send(new byte[] {OPENED});
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[1 + CHUNK];
            bytes[0] = BYTES;
            int n;
            while (mayRead() && (n = in.read(bytes, 1, CHUNK)) >= 0) {
                send(Arrays.copyOf(bytes, 1 + n));
            }
            if (!end("")) {
                writer.join(LAST_MILLIS);
            }
        } catch (IOException e) {
            end(e.getMessage());
        } catch (InterruptedException e) {
            end("interrupted");
        } finally {
            close();
            router.unregister(handle);
            byte[] reason = Text.bytes("-" + end);
            reason[0] = END;
            router.send(router.message(Message.BULK, peer, far, 0, reason));
        }
    }

    /** Waits until the controller takes more; says whether it does. */
    private synchronized boolean mayRead() throws InterruptedException {
        while (credit <= 0 && end == null) {
            wait();
        }
        return end == null;
    }

    /** Waits for room in the queue of the link. If there is nobody any more whom it could reach, it comes back. */
    private void send(byte[] body) throws InterruptedException {
        synchronized (this) {
            credit -= body.length - 1;
        }
        while (!isEnded() && !router.trySend(router.message(Message.BULK, peer, far, handle, body))) {
            Thread.sleep(CONGESTION_MILLIS);
        }
    }

    private synchronized boolean isEnded() {
        return end != null;
    }

    /** Says whether it hadn't ended before. */
    private synchronized boolean end(String why) {
        boolean first = end == null;
        if (first) {
            end = String.valueOf(why);
            notifyAll();
        }
        return first;
    }

    private synchronized void credited(int bytes) {
        credit += bytes;
        notifyAll();
    }

    @Override
    public void handle(Message m) {
        if (m.isBounced()) {
            end("a message was lost on the way");
            close();
        } else if (m.body[0] == CREDIT) {
            credited(Message.getInt(m.body, 1));
        } else {
            output.add(m.body);
            if (m.body[0] == END) {
                end("closed by the controller");
                stopReading();
            }
        }
    }

    @Override
    public void lost(String reason) {
        end(reason);
        close();
    }

    /** What is queued for the other end is still written. */
    private void stopReading() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            // it isn't read any more
        }
    }

    private void close() {
        output.add(new byte[] {END});
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    /** Writes what the controller sends. */
    private final class Writer implements Runnable {
        @Override
        public void run() {
            int owed = 0;
            try {
                OutputStream out = socket.getOutputStream();
                byte[] bytes;
                while ((bytes = output.take())[0] == BYTES) {
                    out.write(bytes, 1, bytes.length - 1);
                    owed += bytes.length - 1;
                    if (owed >= WINDOW / 2) {
                        router.send(router.message(Message.CONTROL, peer, far, handle, credit(owed)));
                        owed = 0;
                    }
                }
            } catch (IOException e) {
                end(e.getMessage());
                close();
            } catch (InterruptedException e) {
                // nobody interrupts it
            }
        }
    }

    /** Says that bytes were taken. */
    public static byte[] credit(int bytes) {
        byte[] body = new byte[5];
        body[0] = CREDIT;
        Message.putInt(body, 1, bytes);
        return body;
    }
}
