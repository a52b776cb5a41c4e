package io.econtext.core;

import java.util.ArrayList;
import java.util.List;

/** A watcher that keeps what it sees. For one thread. */
public final class Witness implements Router.Watcher {
    public final List<String> losses = new ArrayList<>();
    public final List<String> refusals = new ArrayList<>();

    @Override
    public void lost(Link link, String reason) {
        losses.add(reason);
    }

    @Override
    public void refused(Link link, Message message, String why) {
        refusals.add(why);
    }
}
