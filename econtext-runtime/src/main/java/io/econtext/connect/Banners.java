package io.econtext.connect;

import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.session.ClientSession;

/** Keeps what a host has to say to people for the message of a failure; nobody is asked here. Stateless. */
final class Banners implements UserInteraction {

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
