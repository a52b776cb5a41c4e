package io.econtext.broker;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Listens for contexts that call back: the service interface behind {@link ConnectBack}. Safe for use by several threads.
 */
public interface CallBackServer extends AutoCloseable {

    /**
     * Lets a context call back, once; listens from now on where that way wants it. May take a moment.
     *
     * @param context its id
     * @param peer the machine it was started on, or {@code null}; counts where the way doesn't say from where it may call
     * @throws ConnectFailedException.Misconfigured if the way can't be followed
     */
    Expected expect(ConnectBack way, int context, @Nullable InetAddress peer, Events events);

    /** How many connections were refused so far. */
    long refused();

    /** Listens no more. */
    @Override
    void close();

    /** A call back that may come. */
    interface Expected {
        /** The port to be called. */
        int port();

        /** What makes it count: the SHA-256 of our certificate, then the token. A copy. */
        byte[] secrets();

        /** It may not come any more. */
        void close();
    }

    /** Told once, on a thread that may block. */
    interface Events {
        void calledBack(Connection connection);

        /** The token came, and did not count. */
        void refused(String why);
    }

    /** A context that called back: it proved itself, and was told so. */
    interface Connection {
        /** Where its old stream's last message goes. */
        int handle();

        /** How many bytes of frames it sent by its old stream. */
        long sent();

        /** Begins to read. */
        Transport open(TransportEvents events) throws IOException;

        /** Gives it up. */
        void close();
    }
}
