package io.econtext.core;

import java.util.ArrayList;
import java.util.List;

/** A handler that keeps what it is told. For one thread. */
public class Inbox extends Handler {
    public final List<Message> messages = new ArrayList<>();
    public final List<String> losses = new ArrayList<>();

    public Inbox() {
        this(ANYONE);
    }

    public Inbox(int peer) {
        super(peer);
    }

    @Override
    public void handle(Message message) {
        messages.add(message);
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
    }

    /** The bodies, as text. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Message m : messages) {
            texts.add((m.isBounced() ? "bounced: " : "") + Text.string(m.body));
        }
        return texts;
    }
}
