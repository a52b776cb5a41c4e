package io.econtext.parent;

import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.StreamLink;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Calls the controller back and moves the link to the parent over to that connection, frame by frame in order; then
 * closes the streams that the context was started by.
 *
 * <pre>
 * What is said over TLS:
 * to the controller  u8 {@link #VERSION}   i32 id of the context   16 bytes token   i32 handle
 * back               u8 {@link #ACCEPTED}, or the end
 * to the controller  i64 bytes of frames that went by the old stream; the next frame follows
 * back               an empty message to the handle, the last by the old stream; the next frame comes by the new one
 * </pre>
 *
 * Runs on a worker; that last message comes on the link's reader, which goes on with the new stream.
 */
public final class BackLink extends Handler {
    public static final int VERSION = 1;
    /** The length of a token. */
    public static final int TOKEN = 16;
    /** The length of a SHA-256. */
    public static final int PIN = 32;
    /** The bytes up to the answer. */
    public static final int GREETING = 1 + 4 + TOKEN + 4;

    public static final int ACCEPTED = 1;

    static final String UNKNOWN_HOST = "UnknownHost the host to be started on can't resolve the controller's name ";
    static final String UNREACHABLE = " can't be reached from there; let it through, or name another way to here: ";
    static final String NO_CONTROLLER = " did not answer there as the controller does: ";
    static final String OTHER_CERTIFICATE = " is not this controller, as seen from there: its certificate is another";
    static final String REFUSED = "AuthenticationFailed the call back was refused; the controller's log says why";
    static final String NOT_MOVED = "TimedOut the call back was accepted, but the link could not be moved in time";

    /** The protocol's descriptors, as in {@link StageScript}. */
    private static final int IN = 3;

    private static final int OUT = 4;

    private final Context context;
    private final StreamLink link;
    private final long end;
    private final CountDownLatch moved = new CountDownLatch(1);
    private SSLSocket socket;
    private InputStream in;

    private BackLink(Context context, int timeoutMillis) {
        super(ANCESTORS);
        this.context = context;
        link = (StreamLink) context.link;
        end = System.nanoTime() + timeoutMillis * 1000000L;
    }

    /**
     * @param secrets the SHA-256 of the controller's certificate, then the token
     * @return {@code null} when the link is moved; otherwise why not: the simple name of a nested type of {@link
     *     io.econtext.ConnectFailedException}, a space, and text
     */
    public static String move(String host, int port, byte[] secrets, int timeoutMillis)
            throws InterruptedException, GeneralSecurityException {
        BackLink back = new BackLink(Context.current, timeoutMillis);
        String why = back.connect(host, port, Arrays.copyOf(secrets, PIN));
        return why == null ? back.move(Arrays.copyOfRange(secrets, PIN, PIN + TOKEN)) : why;
    }

    private String connect(String host, int port, byte[] pin) throws GeneralSecurityException {
        String there = " " + host + " port " + port;
        PinnedCertificate pinned = new PinnedCertificate(pin);
        try {
            Socket connected = Dialing.connect(host, port, end);
            connected.setSoTimeout(left());
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {pinned}, null);
            socket = (SSLSocket) tls.getSocketFactory().createSocket(connected, host, port, true);
            List<String> versions = new ArrayList<>(Arrays.asList(socket.getSupportedProtocols()));
            versions.retainAll(Arrays.asList("TLSv1.2", "TLSv1.3"));
            socket.setEnabledProtocols(versions.toArray(new String[0]));
            socket.startHandshake();
            in = socket.getInputStream();
            return null;
        } catch (UnknownHostException e) {
            return UNKNOWN_HOST + host;
        } catch (IOException e) {
            close(socket);
            if (pinned.isMismatch()) {
                return "HostKeyChanged" + there + OTHER_CERTIFICATE;
            }
            String type = e instanceof SocketTimeoutException ? "TimedOut" : "Refused";
            return type + there + (socket == null ? UNREACHABLE : NO_CONTROLLER) + e.getMessage();
        }
    }

    private int left() throws SocketTimeoutException {
        return Dialing.left(end);
    }

    private String move(byte[] token) throws InterruptedException {
        InputStream oldIn = link.in;
        OutputStream oldOut = link.out;
        int handle = context.router.register(this);
        boolean accepted = false;
        try {
            OutputStream out = socket.getOutputStream();
            byte[] greeting = new byte[GREETING];
            ByteBuffer.wrap(greeting)
                    .put((byte) VERSION)
                    .putInt(context.router.id())
                    .put(token)
                    .putInt(handle);
            out.write(greeting);
            accepted = in.read() == ACCEPTED;
            if (accepted) {
                socket.setSoTimeout(0);
                leave(out);
                if (moved.await(left(), TimeUnit.MILLISECONDS)) {
                    close(oldIn, IN);
                    close(oldOut, OUT);
                    return null;
                }
            }
        } catch (IOException e) {
            // It is refused by its end, too.
        } finally {
            context.router.unregister(handle);
        }
        if (link.out == oldOut) {
            close(socket);
        }
        return accepted ? NOT_MOVED : REFUSED;
    }

    /** From here on frames go by {@code out}. */
    private void leave(OutputStream out) throws IOException {
        synchronized (link) {
            link.flush(left());
            left();
            // Nobody writes now, and nobody can begin to: this is all that went by the old stream.
            new DataOutputStream(out).writeLong(link.bytesOut());
            link.out = out;
        }
    }

    /** The last message of the old stream. */
    @Override
    public void handle(Message last) {
        link.in = in;
        moved.countDown();
    }

    /**
     * Closes a stream, and the descriptor that this process was started with: it may be another one, as a pipe was opened
     * once more by its name.
     */
    private static void close(Closeable stream, int number) {
        Path descriptor = Paths.get("/proc/self/fd/" + number);
        Path before = target(descriptor);
        close(stream);
        if (before != null && before.equals(target(descriptor))) {
            try {
                FileDescriptor same = new FileDescriptor();
                Field field = FileDescriptor.class.getDeclaredField("fd");
                field.setAccessible(true);
                field.setInt(same, number);
                close(number == IN ? new FileInputStream(same) : new FileOutputStream(same));
            } catch (ReflectiveOperationException | RuntimeException e) {
                System.err.println("descriptor " + number + " stays open: " + e);
            }
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }

    private static void close(Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // Nobody uses it any more.
        }
    }
}
