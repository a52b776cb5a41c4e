package io.econtext.connect;

import io.econtext.parent.BootDialog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel in which the login shell runs one command, without a terminal. Threads as in {@link DataChannel}.
 */
final class ExecChannel extends DataChannel {
    private static final byte REQUEST = SshConstants.SSH_MSG_CHANNEL_REQUEST;
    private static final String EXEC = "exec";
    private static final int ROOM = 32;

    /** Told on the session's I/O thread, and of the end on any. */
    interface Events {
        /** The command is being started. */
        void opened();

        void refused(Throwable why);

        void received(byte[] bytes, int offset, int length, boolean isError);

        /** The command is gone; what it printed may still come, and from its children for ever. */
        void exited();

        void ended();
    }

    private final byte[] command;
    private final Events events;
    private volatile boolean refused;

    ExecChannel(String command, Events events) {
        super("session");
        this.command = command.getBytes(StandardCharsets.UTF_8);
        this.events = events;
    }

    @Override
    protected void doOpen() throws IOException {
        Buffer request = getSession().createBuffer(REQUEST, command.length + ROOM);
        request.putUInt(getRecipient());
        request.putString(EXEC);
        request.putBoolean(true);
        request.putBytes(command);
        writePacket(request);
    }

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
        events.received(bytes, offset, length, isError);
    }

    @Override
    public void handleFailure() {
        refused = true;
        close(false);
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        events.exited();
    }

    @Override
    protected void notifyStateChanged(String hint) {
        super.notifyStateChanged(hint);
        if (hint.equals("exit-status") || hint.equals("exit-signal")) {
            events.exited();
        }
    }

    @Override
    void ended() {
        events.ended();
    }

    /** Why it ended, for people. */
    String reason() {
        if (getExitStatus() != null) {
            return BootDialog.ending(getExitStatus());
        }
        if (getExitSignal() != null) {
            return "killed by signal " + getExitSignal();
        }
        if (refused) {
            return "the host refused to run the command";
        }
        String lost = ((MinaSession) getSession()).reason();
        return lost != null ? lost : "the host closed the channel";
    }
}
