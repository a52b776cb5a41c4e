package io.econtext.connect;

import io.econtext.broker.CallBackServer;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.parent.BackLink;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * One address that contexts call back at. Who connects gets a thread for as long as it is a stranger: it has to show its
 * token within seconds, in as many bytes as that takes. There are only so many strangers at a time; when there are more,
 * the one that has been there for longest goes, as an honest one needs milliseconds.
 *
 * <p>Safe for use by several threads.
 */
final class CallBackListener {
    static final String NOBODY = "nobody is expected";
    static final String UNKNOWN = "it showed no token that is known";
    static final String OTHER_VERSION = "it speaks version %d, not %d";
    static final String SLOW = "it took too long to show a token";
    static final String BROKEN = "it showed no token: %s";
    static final String LEFT = "it left without having shown a token";
    static final String BROKEN_OFF = "its connection ended when it had shown its token";

    static final int MAX_STRANGERS = 64;
    private static final int BACKLOG = 128;
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final long ROOM_MILLIS = 1000;
    private static final long PAUSE_MILLIS = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where the keys are from; {@code null} for our own. */
    final KeyStore store;

    private final TlsKeys keys;
    private final Strangers refused;
    private final Duration patience;
    private final Duration memory;
    private final ServerSocket server;
    private final Semaphore room = new Semaphore(MAX_STRANGERS);
    private final Set<Socket> strangers = new LinkedHashSet<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(Threads.named("econtext-back"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Threads.named("econtext-back-timer"));
    private final Map<Integer, Awaited> awaited = new ConcurrentHashMap<>();
    /** Whose tokens don't count any more. */
    private final Map<Integer, Awaited> past = new ConcurrentHashMap<>();

    /**
     * @param patience how long a stranger may stay one
     * @param memory how long a token that doesn't count any more is told apart from one that never did
     */
    CallBackListener(
            InetSocketAddress place,
            KeyStore store,
            TlsKeys keys,
            Strangers refused,
            Duration patience,
            Duration memory)
            throws IOException {
        this.store = store;
        this.keys = keys;
        this.refused = refused;
        this.patience = patience;
        this.memory = memory;
        server = new ServerSocket(place.getPort(), BACKLOG, place.getAddress());
        timer.setRemoveOnCancelPolicy(true);
        executor.execute(this::accept);
    }

    CallBackServer.Expected expect(int context, Callers callers, Duration lifetime, CallBackServer.Events events) {
        byte[] token = new byte[BackLink.TOKEN];
        RANDOM.nextBytes(token);
        Awaited one = new Awaited(token, callers, System.nanoTime() + lifetime.toNanos(), events);
        awaited.put(context, one);
        return new Expected(context, one, token);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (isAnyoneExpected()) {
                    enter(socket);
                } else {
                    refuse(socket, NOBODY);
                }
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** As when there are no descriptors left. */
    private void pause() {
        if (!server.isClosed()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isAnyoneExpected() {
        long now = System.nanoTime();
        past.values().removeIf(one -> one.isForgotten(now));
        return !awaited.isEmpty() || !past.isEmpty();
    }

    private void enter(Socket socket) throws InterruptedException {
        if (!room.tryAcquire(ROOM_MILLIS, TimeUnit.MILLISECONDS)) {
            sendAway(null);
            room.acquire();
        }
        synchronized (strangers) {
            strangers.add(socket);
        }
        executor.execute(() -> {
            try {
                greet(socket);
            } finally {
                isStranger(socket);
                room.release();
            }
        });
    }

    /** @param socket one that took too long, or {@code null} for the one that is here for longest */
    private void sendAway(Socket socket) {
        Socket who = socket;
        synchronized (strangers) {
            if (who == null && !strangers.isEmpty()) {
                who = strangers.iterator().next();
            }
            if (!strangers.remove(who)) {
                return;
            }
        }
        close(who);
    }

    /** Whether it was a stranger until now, and wasn't sent away. */
    private boolean isStranger(Socket socket) {
        synchronized (strangers) {
            return strangers.remove(socket);
        }
    }

    private void greet(Socket socket) {
        Future<?> limit = timer.schedule(() -> sendAway(socket), patience.toMillis(), TimeUnit.MILLISECONDS);
        String why;
        try {
            socket.setTcpNoDelay(true);
            SSLSocket tls = (SSLSocket) keys.sockets().createSocket(socket, null, true);
            tls.setEnabledProtocols(VERSIONS);
            why = greet(socket, tls);
        } catch (EOFException e) {
            why = isStranger(socket) ? LEFT : SLOW;
        } catch (IOException | RuntimeException e) {
            why = isStranger(socket) ? BROKEN.formatted(e.getMessage()) : SLOW;
        }
        limit.cancel(false);
        if (why != null) {
            refuse(socket, why);
        }
    }

    private String greet(Socket socket, SSLSocket tls) throws IOException {
        tls.startHandshake();
        DataInputStream in = new DataInputStream(tls.getInputStream());
        int version = in.readUnsignedByte();
        if (version != BackLink.VERSION) {
            return OTHER_VERSION.formatted(version, BackLink.VERSION);
        }
        int context = in.readInt();
        byte[] token = new byte[BackLink.TOKEN];
        in.readFully(token);
        int handle = in.readInt();
        Awaited one = awaited.getOrDefault(context, past.get(context));
        if (one == null || !one.knows(token)) {
            return UNKNOWN;
        }
        String why = one.use(socket.getInetAddress(), System.nanoTime());
        end(context, one);
        if (why != null) {
            refuse(socket, why);
            one.tell();
            return null;
        }
        try {
            tls.getOutputStream().write(BackLink.ACCEPTED);
            long sent = in.readLong();
            if (!isStranger(socket)) {
                throw new SocketException(SLOW);
            }
            one.events.calledBack(new Connection(socket, tls, handle, sent));
        } catch (IOException e) {
            one.events.refused(BROKEN_OFF);
            throw e;
        }
        return null;
    }

    private void end(int context, Awaited one) {
        one.end(System.nanoTime() + memory.toNanos());
        past.put(context, one);
        awaited.remove(context);
    }

    private void refuse(Socket socket, String why) {
        close(socket);
        if (!server.isClosed()) {
            refused.refused(socket.getInetAddress(), why);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // Gone already.
        }
    }

    void close() {
        close(server);
        List<Socket> left;
        synchronized (strangers) {
            left = List.copyOf(strangers);
        }
        left.forEach(CallBackListener::close);
        timer.shutdownNow();
        executor.shutdownNow();
    }

    private final class Expected implements CallBackServer.Expected {
        private final int context;
        private final Awaited one;
        private final byte[] secrets;

        Expected(int context, Awaited one, byte[] token) {
            this.context = context;
            this.one = one;
            secrets = Arrays.copyOf(keys.pin(), BackLink.PIN + BackLink.TOKEN);
            System.arraycopy(token, 0, secrets, BackLink.PIN, BackLink.TOKEN);
        }

        @Override
        public int port() {
            return server.getLocalPort();
        }

        @Override
        public byte[] secrets() {
            return secrets.clone();
        }

        @Override
        public void close() {
            end(context, one);
        }
    }

    private record Connection(Socket socket, SSLSocket tls, int handle, long sent)
            implements CallBackServer.Connection {
        @Override
        public Transport open(TransportEvents events) throws IOException {
            SocketTransport transport = new SocketTransport(socket, tls, events);
            transport.start();
            return transport;
        }

        @Override
        public void close() {
            CallBackListener.close(socket);
        }
    }
}
