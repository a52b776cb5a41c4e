package io.econtext.connect;

import io.econtext.parent.BackLink;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Calls back as a context does, or nearly so. Used by one thread. */
final class BackCaller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    final SSLSocket socket;
    final DataInputStream in;
    final DataOutputStream out;

    private BackCaller(SSLSocket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects to this machine, and believes whatever it is shown. */
    static BackCaller connect(int port) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Credulous()}, null);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new BackCaller(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    byte[] pin() throws IOException, GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256")
                .digest(socket.getSession().getPeerCertificates()[0].getEncoded());
    }

    /** @return the answer, or -1 if there was none */
    int greet(int version, int context, byte[] token, int handle) throws IOException {
        out.write(ByteBuffer.allocate(BackLink.GREETING)
                .put((byte) version)
                .putInt(context)
                .put(token)
                .putInt(handle)
                .array());
        return answer();
    }

    int answer() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            return -1;
        }
    }

    static byte[] token(byte[] secrets) {
        return Arrays.copyOfRange(secrets, BackLink.PIN, secrets.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
