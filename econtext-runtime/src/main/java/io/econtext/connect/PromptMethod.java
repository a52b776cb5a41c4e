package io.econtext.connect;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Authentication by questions: a single one whose answer isn't shown is taken to ask for the password, whatever its
 * language; others can't be answered.
 *
 * <p>One for each turn of the method, used by whoever has the turn.
 */
final class PromptMethod extends AbstractUserAuth {
    static final String NAME = "keyboard-interactive";

    private static final byte REQUEST = SshConstants.SSH_MSG_USERAUTH_REQUEST;
    private static final byte ANSWERS = SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE;
    private static final int ROOM = 64;

    private final Login login;
    private boolean asked;
    private boolean answered;

    PromptMethod(Login login) {
        super(NAME);
        this.login = login;
    }

    @Override
    protected boolean sendAuthDataRequest(ClientSession session, String service) throws IOException {
        if (asked || !login.password().isThere()) {
            return false;
        }
        asked = true;
        login.log().tries(NAME);
        Buffer request = session.createBuffer(REQUEST, session.getUsername().length() + ROOM);
        request.putString(session.getUsername());
        request.putString(service);
        request.putString(NAME);
        request.putString("");
        request.putString("");
        session.writePacket(request);
        return true;
    }

    @Override
    protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) throws IOException {
        if (buffer.getUByte() != SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST) {
            return false;
        }
        buffer.getString();
        buffer.getString();
        buffer.getString();
        int questions = buffer.getInt();
        if (questions == 0) {
            session.writePacket(answers(session, 0, 0));
            return true;
        }
        String question = buffer.getString();
        boolean shown = buffer.getBoolean();
        if (answered) {
            login.log().passwordTaken();
        } else if (questions == 1 && !shown && login.password().take(NAME)) {
            answered = true;
            login.work(() -> answer(session));
            return true;
        }
        login.log().note("no answer to '" + question.trim() + "'" + (questions > 1 ? " and more" : ""));
        return false;
    }

    private void answer(ClientSession session) throws IOException, SshFailure {
        byte[] password = login.password().ask();
        try {
            Buffer answers = answers(session, 1, password.length);
            answers.putBytes(password);
            session.writePacket(answers);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static Buffer answers(ClientSession session, int number, int length) {
        Buffer answers = session.createBuffer(ANSWERS, length + ROOM);
        answers.putInt(number);
        return answers;
    }

    @Override
    public void signalAuthMethodFailure(
            ClientSession session, String service, boolean partial, List<String> methods, Buffer buffer) {
        if (partial) {
            login.log().passwordTaken();
        }
    }
}
