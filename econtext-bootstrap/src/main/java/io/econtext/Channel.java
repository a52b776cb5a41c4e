package io.econtext;

import java.time.Duration;
import java.util.Iterator;

/**
 * The receiving end of a channel. Memory is bounded: what is not received holds the sender back.
 *
 * <p>Safe for use by several threads; each item goes to one of them.
 *
 * @param <T> what it carries
 */
public interface Channel<T> extends Iterable<T>, AutoCloseable {

    /**
     * Waits for the next item; {@code null} at the end.
     *
     * @throws ChannelClosedException if the sender failed or is gone, or this end was closed
     */
    T receive() throws InterruptedException;

    /**
     * Waits for the next item, at most {@code timeout}; zero doesn't wait.
     *
     * @throws ChannelTimeoutException if none came; the channel stays usable
     */
    T receive(Duration timeout) throws InterruptedException;

    /** Whether everything was received and the sender ended, or this end was closed. */
    boolean isEnded();

    /** Receives until the end; an interrupt ends it with {@link ChannelClosedException}. */
    @Override
    Iterator<T> iterator();

    /** Wants no more: what waits is dropped, the sender is told. */
    @Override
    void close();
}
