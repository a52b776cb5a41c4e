package io.econtext.tests.behaviour;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A port of this machine that leads to another, until it is cut or blocked. Safe for use by several threads. */
final class Detour implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean blocked;

    private Detour(int to) throws IOException {
        this.to = to;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static Detour to(int port) throws IOException {
        Detour detour = new Detour(port);
        new Thread(detour::accept, "detour").start();
        return detour;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(from);
                sockets.add(onward);
                new Thread(() -> copy(from, onward), "detour-to").start();
                new Thread(() -> copy(onward, from), "detour-back").start();
            } catch (IOException e) {
                // Closed, or there is nobody where it leads.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            byte[] b = new byte[8192];
            int n;
            while ((n = in.read(b)) >= 0) {
                if (blocked) {
                    closed.await();
                }
                to.getOutputStream().write(b, 0, n);
            }
        } catch (IOException | InterruptedException e) {
            // Cut.
        }
        close(to);
    }

    /** From here on nothing comes through, and nobody is told. */
    void block() {
        blocked = true;
    }

    /** Ends all connections. */
    void cut() {
        sockets.forEach(Detour::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Gone already.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closed.countDown();
        cut();
    }
}
