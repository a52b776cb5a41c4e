package io.econtext.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * What all sessions of a connector share: the client, started when the first needs it, and the threads.
 *
 * <p>Safe for use by several threads.
 */
final class Engine implements AutoCloseable {
    /** More than one, so that one busy host doesn't keep a processor from all others. */
    private static final int LOOPS = 2;

    private static final int READ_BUFFER = 64 * 1024;
    private static final ThreadFactory IO_THREADS = Threads.named("econtext-ssh-io");

    private final Threads threads = new Threads();
    private final Surroundings surroundings;
    private final List<IoLoop> loops = new ArrayList<>();
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
            throw new IOException(SshTransport.CONNECTOR_CLOSED);
        }
        if (client == null) {
            Cryptography.prepare();
            for (int i = 0; i < LOOPS; i++) {
                loops.add(new IoLoop(IO_THREADS, READ_BUFFER));
            }
            client = MinaClient.start(threads, loops);
        }
        return client;
    }

    @Override
    public void close() {
        MinaClient started;
        List<IoLoop> running;
        synchronized (this) {
            closed = true;
            started = client;
            running = List.copyOf(loops);
        }
        if (started != null) {
            started.stop();
        }
        running.forEach(IoLoop::close);
        threads.close();
    }
}
