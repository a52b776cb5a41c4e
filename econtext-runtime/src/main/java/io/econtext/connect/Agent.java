package io.econtext.connect;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Asks an ssh agent for its keys and for signatures, over a unix socket of the JDK: no native code.
 *
 * <p>Each request has a connection of its own, so it may be used by several threads; an interrupt ends a request.
 */
final class Agent {
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES = 12;
    private static final byte REQUEST_SIGNATURE = 13;
    private static final byte SIGNATURE = 14;
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;
    private static final int MAX_ANSWER = 256 * 1024;

    private final Path socket;

    Agent(Path socket) {
        this.socket = socket;
    }

    List<Identity> identities() throws IOException {
        Buffer answer = ask(request(REQUEST_IDENTITIES), IDENTITIES);
        List<Identity> identities = new ArrayList<>();
        for (int left = answer.getInt(); left > 0; left--) {
            WireKey key = WireKey.of(answer.getBytes());
            identities.add(new Key(this, key, "agent: " + answer.getString()));
        }
        return identities;
    }

    private byte[] sign(WireKey key, String algorithm, byte[] data) throws IOException {
        Buffer request = request(REQUEST_SIGNATURE);
        request.putBytes(key.blob());
        request.putBytes(data);
        int flags = algorithm.startsWith("rsa-sha2-512")
                ? RSA_SHA2_512
                : algorithm.startsWith("rsa-sha2-256") ? RSA_SHA2_256 : 0;
        request.putInt(flags);
        return ask(request, SIGNATURE).getBytes();
    }

    private static Buffer request(byte type) {
        Buffer request = new ByteArrayBuffer();
        request.putInt(0);
        request.putByte(type);
        return request;
    }

    private Buffer ask(Buffer request, byte expected) throws IOException {
        byte[] frame = request.getCompactData();
        ByteBuffer out = ByteBuffer.wrap(frame).putInt(0, frame.length - Integer.BYTES);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
            int length = read(channel, Integer.BYTES).getInt();
            if (length < 1 || length > MAX_ANSWER) {
                throw new IOException("the agent sent an answer of " + length + " bytes");
            }
            Buffer answer = new ByteArrayBuffer(read(channel, length).array());
            if (answer.getByte() != expected) {
                throw new IOException("the agent refused");
            }
            return answer;
        }
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the agent closed the connection");
            }
        }
        return in.flip();
    }

    /** A key that stays in the agent, which may ask somebody before it signs. */
    private record Key(Agent agent, WireKey key, String origin) implements Identity {
        @Override
        public boolean isAtHand() {
            return false;
        }

        @Override
        public byte[] sign(String algorithm, byte[] data) throws IOException {
            return agent.sign(key, algorithm, data);
        }
    }
}
