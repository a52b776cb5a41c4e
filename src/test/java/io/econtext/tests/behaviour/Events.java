package io.econtext.tests.behaviour;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.BrokerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a broker tells its listeners. Safe for use by several threads. */
final class Events implements BrokerListener {
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final List<Stuck> stuck = new CopyOnWriteArrayList<>();
    private final List<Stopped> stopped = new CopyOnWriteArrayList<>();
    private final List<String> called = new CopyOnWriteArrayList<>();

    record Change(String context, ContextState from, ContextState to, String reason) {}

    record Stopped(String context, String what, boolean interrupted) {}

    record Stuck(String context, String what, String stack) {}

    @Override
    public void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        changes.add(new Change(context.name(), from, to, reason));
    }

    @Override
    public void stopped(RemoteContext context, String what, boolean interrupted) {
        stopped.add(new Stopped(context.name(), what, interrupted));
    }

    @Override
    public void stuck(RemoteContext context, String what, String stack) {
        stuck.add(new Stuck(context.name(), what, stack));
    }

    @Override
    public void called(RemoteContext context, String what, Duration took, Throwable failure) {
        called.add(context.name() + " " + what + " "
                + (failure == null ? "ok" : failure.getClass().getSimpleName()));
    }

    List<Change> changes() {
        return changes;
    }

    List<Change> changesOf(String context) {
        return changes.stream().filter(c -> c.context.equals(context)).toList();
    }

    List<ContextState> statesOf(String context) {
        return changesOf(context).stream().map(Change::to).toList();
    }

    List<Stopped> stoppedIn(String context) {
        return stopped.stream().filter(s -> s.context.equals(context)).toList();
    }

    List<Stuck> stuckIn(String context) {
        return stuck.stream().filter(s -> s.context.equals(context)).toList();
    }

    List<String> called() {
        return called;
    }
}
