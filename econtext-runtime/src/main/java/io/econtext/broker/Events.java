package io.econtext.broker;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.call.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells the listeners of a broker, and its log, on the calling thread. Safe for use by any thread. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final CopyOnWriteArrayList<BrokerListener> listeners;

    Events(Collection<BrokerListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    void add(BrokerListener listener) {
        listeners.add(listener);
    }

    void remove(BrokerListener listener) {
        listeners.remove(listener);
    }

    void logged(LogLine line) {
        tell(listener -> listener.logged(line));
    }

    void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        boolean isLost = from == ContextState.CONNECTED && to == ContextState.LOST;
        LOG.atLevel(isLost ? Level.WARN : Level.DEBUG).log("{}: {} -> {}: {}", context.name(), from, to, reason);
        tell(listener -> listener.stateChanged(context, from, to, reason));
    }

    void progressed(RemoteContext context, ConnectPhase phase) {
        LOG.debug("{}: {}", context.name(), phase);
        tell(listener -> listener.progressed(context, phase));
    }

    void called(ControlledContext context, Target target, long nanos, @Nullable Throwable failure) {
        Session session = context.session();
        if (session != null) {
            session.logs.debug("io.econtext.calls", () -> {
                String outcome = failure == null ? "done" : failure.getClass().getName();
                return target.describe() + " " + outcome + " in " + nanos / 1000 + " µs";
            });
        }
        if (!listeners.isEmpty()) {
            tell(listener -> listener.called(context, target.describe(), Duration.ofNanos(nanos), failure));
        }
    }

    void refused(RemoteContext context, String why) {
        tell(listener -> listener.refused(context, why));
    }

    void stopped(RemoteContext context, String what, boolean interrupted) {
        tell(listener -> listener.stopped(context, what, interrupted));
    }

    void stuck(RemoteContext context, String what, String stack) {
        LOG.warn("{}: {} was told to stop and goes on:\n{}", context.name(), what, stack);
        tell(listener -> listener.stuck(context, what, stack));
    }

    private void tell(Consumer<BrokerListener> event) {
        for (BrokerListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed", e);
            }
        }
    }
}
