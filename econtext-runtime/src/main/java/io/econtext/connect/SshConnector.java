package io.econtext.connect;

import io.econtext.Ssh;
import io.econtext.broker.Connector;
import io.econtext.broker.Outlet;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;

/**
 * Reaches hosts by ssh without a client program: contexts on one host share a session, and no thread is tied to any.
 *
 * <p>Safe for use by several threads. {@link #close} waits for the threads to end, so it isn't called from an event.
 */
public final class SshConnector implements Connector<Ssh> {
    private final Engine engine;
    private final SshTargets targets;
    private final SessionPool pool;

    public SshConnector() {
        this(Surroundings.ofThisProcess());
    }

    SshConnector(Surroundings surroundings) {
        engine = new Engine(surroundings);
        targets = new SshTargets(surroundings);
        pool = new SessionPool(engine);
    }

    @Override
    public Class<Ssh> way() {
        return Ssh.class;
    }

    @Override
    public boolean isTunnelled(Ssh way) {
        return way.isTunnelled();
    }

    @Override
    public Transport start(Ssh way, String command, TransportEvents events) {
        return start(way, command, null, events);
    }

    @Override
    public Transport start(Ssh way, String command, Outlet outlet, TransportEvents events) {
        SshTransport transport = new SshTransport(way, outlet, command, events, pool, targets);
        transport.start();
        return transport;
    }

    @Override
    public void close() {
        pool.close();
        engine.close();
    }
}
