package io.econtext;

/**
 * The sending end of a channel.
 *
 * <p>Safe for use by several threads; items of concurrent senders never interleave.
 *
 * @param <T> what it carries
 */
public interface Sender<T> extends AutoCloseable {

    /**
     * Sends an item; waits while the receiver is a full window behind.
     *
     * @throws ChannelClosedException if the receiver closed the channel or is gone
     * @throws InterruptedException if interrupted while waiting; the item was not sent
     */
    void send(T item) throws InterruptedException;

    /** Whether the receiver closed the channel or is gone, so that sending is in vain. */
    boolean isClosed();

    /** Ends the channel: the receiver sees everything sent before, then the end. */
    @Override
    void close();

    /** Ends the channel with a failure, which the receiver sees after everything sent before. */
    void fail(Throwable failure);
}
