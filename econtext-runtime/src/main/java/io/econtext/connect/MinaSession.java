package io.econtext.connect;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.helpers.KeyExchangeMessageHandler;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * One connection to a host, which knows why it ended and keeps quiet about it: that is told with the contexts that
 * lose it.
 *
 * <p>Messages come on its I/O thread; channels are opened by any.
 */
final class MinaSession extends ClientSessionImpl {
    static final String CLOSED = "connection lost: the host closed it";

    private static final int DISCONNECT = 1;
    private static final int ROOM = 64;

    private volatile String reason;
    private volatile String words;
    private int greeting;

    MinaSession(MinaClient client, IoSession io) throws Exception {
        super(client, io);
        Login login = Login.of(this);
        List<String> supported = NamedResource.getNameList(client.getSignatureFactories());
        setSignatureFactories(MinaClient.signatures(login.hostKeys().algorithms(supported)));
        if (login.target().tuning().compression()) {
            setCompressionFactories(List.of(BuiltinCompressions.delayedZlib, BuiltinCompressions.none));
        }
    }

    /** Why it ended, for people; {@code null} while it hasn't. */
    String reason() {
        return reason;
    }

    /** With what words the host ended it, or {@code null}. */
    String words() {
        return words;
    }

    /** Ends it at once, and with it all channels. */
    void end(String why) {
        because(why);
        close(true);
    }

    private void because(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    AuthService authentication() {
        return (AuthService) getUserAuthService();
    }

    void open(DataChannel channel) throws IOException {
        ConnectionService service = getService(ConnectionService.class);
        service.registerChannel(channel);
        try {
            channel.open().addListener(channel::opened);
        } catch (IOException | RuntimeException e) {
            service.unregisterChannel(channel);
            throw e;
        }
    }

    IoWriteFuture writeQueued(Buffer packet) throws IOException {
        return doWritePacket(packet);
    }

    @Override
    protected KeyExchangeMessageHandler initializeKeyExchangeMessageHandler() {
        return new KexQueue(this, log);
    }

    /** A host that turns us away may say so here and hang up. Lines are told anew until the last one is complete. */
    @Override
    protected void signalReadPeerIdentificationLine(String line, List<String> before) throws Exception {
        if (before.size() == greeting && !line.startsWith("SSH-")) {
            greeting++;
            Login.of(this).log().banner(line);
        }
        super.signalReadPeerIdentificationLine(line, before);
    }

    @Override
    protected void handleServiceAccept(String service, Buffer buffer) throws Exception {
        super.handleServiceAccept(service, buffer);
        authentication().accepted();
    }

    @Override
    protected void handleDisconnect(int code, String message, String language, Buffer buffer) throws Exception {
        words = message;
        because("the host ended the connection: " + message);
        super.handleDisconnect(code, message, language, buffer);
    }

    @Override
    public void exceptionCaught(Throwable cause) {
        because("connection lost: " + (cause instanceof IOException ? cause.getMessage() : cause.toString()));
        super.exceptionCaught(cause);
    }

    @Override
    protected void preClose() {
        because(CLOSED);
        super.preClose();
    }

    /** As the original, less its line in the log. */
    @Override
    public void disconnect(int code, String message) throws IOException {
        Buffer packet = createBuffer((byte) DISCONNECT, message.length() + ROOM);
        packet.putInt(code);
        packet.putString(message);
        packet.putString("");
        writePacket(packet).addListener(written -> close(true));
    }

    @Override
    protected void warn(String text, Object a, Object b, Object c, Object d, Throwable cause) {
        debug(text, a, b, c, d, cause);
    }
}
