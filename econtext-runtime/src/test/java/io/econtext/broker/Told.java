package io.econtext.broker;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is told of each context, as {@code name WORD}. Safe for use by several threads. */
final class Told implements BrokerListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        lines.add(context.name() + " " + to);
        reasons.add(reason);
    }

    @Override
    public void progressed(RemoteContext context, ConnectPhase phase) {
        lines.add(context.name() + " " + phase);
    }

    List<String> of(String context) {
        return lines.stream()
                .filter(line -> line.startsWith(context + " "))
                .map(line -> line.substring(context.length() + 1))
                .toList();
    }

    List<String> reasons() {
        return reasons;
    }
}
