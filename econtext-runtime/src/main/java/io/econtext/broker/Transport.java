package io.econtext.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes to and from one started command.
 *
 * <p>Opened with {@link TransportEvents#started}; from then on {@link #write} may be called, with at most one write
 * outstanding. Its methods may be called by any thread, also from within an event, and never block.
 */
public interface Transport {

    /**
     * Writes all of {@code data} to the command's stdin.
     *
     * @param data untouched by the caller until {@code done} runs
     * @param done runs exactly once, on any thread, perhaps before this returns: with {@code null} when the bytes have
     *     left the program, with the failure when they can't any more
     */
    void write(ByteBuffer data, WriteListener done);

    /** Whether a few KiB that the command is known to read can be written at once, by {@link #writeNow}. */
    default boolean canWriteNow() {
        return false;
    }

    /** Writes on the calling thread; only while no {@link #write} is outstanding. */
    default void writeNow(byte[] data) throws IOException {
        throw new IOException("not supported");
    }

    /** Ends the command's stdin: nothing is written any more, and it ends soon. */
    default void endInput() {}

    /** The address of the machine that runs the command, where the connection to that shows it. */
    default @Nullable InetAddress peer() {
        return null;
    }

    /**
     * The command goes on by itself: its stdin ends, and nothing is heard from its stdout any more. It may still be
     * {@link #close closed}. By default nothing happens before that.
     */
    default void release() {}

    /**
     * Ends the command and the transport; idempotent. {@link TransportEvents#ended} follows if it had started,
     * {@link TransportEvents#failed} if not, and nothing else: output still on its way is dropped.
     */
    void close();

    /** Told when a write is done. */
    @FunctionalInterface
    interface WriteListener {
        void written(@Nullable Throwable failure);
    }
}
