package io.econtext.connect;

import io.econtext.broker.Connector;
import io.econtext.broker.InProcess;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;

/** Starts the core in this JVM, as if it were another. Safe for use by any thread. */
public final class InProcessConnector implements Connector<InProcess> {
    @Override
    public Class<InProcess> way() {
        return InProcess.class;
    }

    @Override
    public boolean runsCommands() {
        return false;
    }

    @Override
    public Transport start(InProcess way, String answer, TransportEvents events) {
        InProcessTransport transport = new InProcessTransport(way.name(), answer, events);
        transport.start();
        return transport;
    }
}
