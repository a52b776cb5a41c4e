package io.econtext.broker;

import java.time.Duration;

/** A context's host as a place to connect from, in one life of the context. Immutable. */
record ContextOutlet(Session session) implements Outlet {

    @Override
    public String name() {
        return session.context.name();
    }

    @Override
    public Connection connect(String host, int port, Duration timeout, Events events) {
        RelayedConnection connection = new RelayedConnection(session, events);
        // it may have to wait for room
        session.broker.execute(() -> connection.open(host, port, timeout));
        return connection;
    }

    @Override
    public String toString() {
        return "'" + name() + "'";
    }
}
