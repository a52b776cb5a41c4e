package io.econtext.connect;

import java.io.IOException;

/**
 * What all sessions of a connector share: the client, started when the first needs it, and the threads.
 *
 * <p>Safe for use by several threads.
 */
final class Engine implements AutoCloseable {
    private final Threads threads = new Threads();
    private final Surroundings surroundings;
    private MinaClient client;
    private boolean closed;

    Engine(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Threads threads() {
        return threads;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Blocks while classes are loaded, the first time. */
    synchronized MinaClient client() throws IOException {
        if (closed) {
            throw new IOException("the connector is closed");
        }
        if (client == null) {
            client = MinaClient.start(threads);
        }
        return client;
    }

    @Override
    public void close() {
        MinaClient started;
        synchronized (this) {
            closed = true;
            started = client;
        }
        if (started != null) {
            started.stop();
        }
        threads.close();
    }
}
