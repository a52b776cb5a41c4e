package io.econtext.broker;

import io.econtext.broker.Transport.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A context that opens TCP connections for this program, to hosts that it reaches and we don't.
 *
 * <p>Equal to one of the same context in the same life. Safe for use by several threads.
 */
public interface Outlet {

    /** The context's name. */
    String name();

    /**
     * Begins to connect, and returns at once.
     *
     * @param host a name or an address, as the context's host knows it
     * @param timeout for all its addresses together
     */
    Connection connect(String host, int port, Duration timeout, Events events);

    /** The bytes to and from the host. Its methods may be called by any thread and never block. */
    interface Connection {

        /**
         * As {@link Transport#write}; it is done when the bytes have left the program, of which a bounded number may be on
         * their way to the host.
         */
        void write(ByteBuffer data, WriteListener done);

        /** Ends it, after what was written, if the host takes that within a second; nothing is told any more. */
        void close();
    }

    /** Told on threads that must not be blocked: that it is open, then bytes, then the end; or why it can't be opened. */
    interface Events {

        void opened();

        /** What the context's host had to say; nothing follows. */
        void failed(IOException why);

        /** The array is valid during the call only. */
        void received(byte[] bytes, int offset, int length);

        /**
         * Nothing follows. Perhaps told while bytes are, or where it could not be opened as the context failed.
         *
         * @param reason for people; empty where the host closed it
         */
        void ended(String reason);
    }
}
