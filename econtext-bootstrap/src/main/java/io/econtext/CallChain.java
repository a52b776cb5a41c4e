package io.econtext;

/**
 * Calls of one context that run there one after the other, in the order in which they were made, and not behind one that
 * failed. They are sent without waiting for one another.
 *
 * <p>A call fails its chain by whatever it throws, by its deadline, by being cancelled, and by the loss of the context, also
 * where that comes back by itself. From then on the chain's calls fail with {@link ChainFailedException}, also those
 * that were sent already, until {@link #reset}. What can't travel is refused before it becomes part of the chain. Nothing
 * is repeated, whether it is {@linkplain Call#idempotent() idempotent} or not.
 *
 * <p>At most 10,000 calls of a chain wait here, and as many there; one more fails with {@link UndeliverableException}.
 *
 * <p>Safe for use by any number of threads. What several threads call has the order in which it came here.
 */
public interface CallChain extends Invoker, AutoCloseable {

    /**
     * Goes on, whatever failed: later calls run behind the earlier ones, and are failed by them no more. Where the context
     * was lost, it is connected again.
     */
    void reset();

    /** Takes no more calls; those that were made go on. It is closed with the context, too. */
    @Override
    void close();
}
