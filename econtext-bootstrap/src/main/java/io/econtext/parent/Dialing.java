package io.econtext.parent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Connects to one address of a host after the other until one answers, each with its share of the time. Functions only. */
final class Dialing {
    private Dialing() {}

    /** @param end when it must be over, by {@link System#nanoTime} */
    static Socket connect(String host, int port, long end) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        IOException why = null;
        int n = addresses.length;
        for (InetAddress address : addresses) {
            Socket trying = new Socket();
            try {
                trying.connect(new InetSocketAddress(address, port), left(end) / n-- + 1);
                trying.setTcpNoDelay(true);
                return trying;
            } catch (IOException e) {
                trying.close();
                why = e;
            }
        }
        throw why;
    }

    /** The milliseconds that are left, which are some. */
    static int left(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1000000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) millis;
    }
}
