package io.econtext.connect;

import io.econtext.ConnectFailedException;
import io.econtext.Launch;
import io.econtext.Way;
import io.econtext.broker.Connector;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.parent.BootFailure;
import java.io.IOException;

/** Starts the command by a program of this machine, for all ways that name one. Safe for use by any thread. */
public final class LocalConnector implements Connector<Way> {

    @Override
    public Class<Way> way() {
        return Way.class;
    }

    @Override
    public Launch launch(Way way) {
        return way.launch();
    }

    @Override
    public Transport start(Way way, String command, TransportEvents events) {
        Launch launch = way.launch();
        ProcessTransport transport = new ProcessTransport(events, launch.hasOurPipes());
        try {
            transport.start(launch.process(command));
        } catch (IOException e) {
            BootFailure why = BootFailure.notStarted(e);
            events.failed(new ConnectFailedException.ToolMissing(way.address(), why.text(), why.lines(), e));
        }
        return transport;
    }
}
