package io.econtext.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A watcher that keeps what it sees. Safe for any thread. */
public final class Witness implements Router.Watcher {
    public final List<String> losses = new CopyOnWriteArrayList<>();
    public final List<String> refusals = new CopyOnWriteArrayList<>();

    @Override
    public void lost(Link link, String reason) {
        losses.add(reason);
    }

    @Override
    public void refused(Link link, Message message, String why) {
        refusals.add(why);
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return null;
    }
}
