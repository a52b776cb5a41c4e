package io.econtext.connect;

import io.econtext.ConnectFailedException;
import io.econtext.Local;
import io.econtext.broker.Connector;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import java.io.IOException;
import java.util.List;

/** Starts the command by a shell of this machine. Safe for use by any thread. */
public final class LocalConnector implements Connector<Local> {
    static final String NO_SHELL = "no sh on this machine could be started: %s";

    @Override
    public Class<Local> way() {
        return Local.class;
    }

    @Override
    public boolean pipes() {
        return true;
    }

    @Override
    public Transport start(Local way, String command, TransportEvents events) {
        ProcessTransport transport = new ProcessTransport(events);
        try {
            transport.start(new ProcessBuilder("sh", "-c", command));
        } catch (IOException e) {
            events.failed(new ConnectFailedException.ToolMissing(
                    way.address(), NO_SHELL.formatted(e.getMessage()), List.of(), e));
        }
        return transport;
    }
}
