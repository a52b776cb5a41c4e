package io.econtext.connect;

import java.util.List;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.session.ClientSession;

/** Keeps what a host has to say to people for the message of a failure; nobody is asked here. Stateless. */
final class Banners implements UserInteraction {

    @Override
    public void serverVersionInfo(ClientSession session, List<String> lines) {
        Login.of(session).log().banner(String.join("\n", lines));
    }

    @Override
    public void welcome(ClientSession session, String banner, String language) {
        Login.of(session).log().banner(banner);
    }

    @Override
    public String[] interactive(
            ClientSession session, String name, String instruction, String language, String[] prompts, boolean[] echo) {
        return null;
    }

    @Override
    public String getUpdatedPassword(ClientSession session, String prompt, String language) {
        return null;
    }
}
