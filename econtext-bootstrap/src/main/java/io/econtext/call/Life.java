package io.econtext.call;

import io.econtext.Delivery;
import io.econtext.core.Message;
import java.util.List;

/** One life of a context that is called, from its start to its end. Safe for use by any thread. */
public interface Life {
    int id();

    /** Whether nothing that is sent arrives any more. */
    boolean isOver();

    /**
     * What to throw now that it is over.
     *
     * @param reason why, as far as the caller knows
     */
    RuntimeException over(String reason, Delivery delivery);

    /** The classes that a call will need, to be sent ahead of it in this order. */
    List<Message> ahead(EncodedCall call);

    /** Waits until what was sent is on its way, at most {@code millis} or until an interrupt. */
    void flush(long millis);

    /** Sends as soon as there is room, unless it is over. For threads that may wait. */
    void send(Message m);

    /** A message of a call went there, or came from there. */
    void passed(Message m, boolean out);

    /** Waits until the log line of that number was delivered, where that is told here; not beyond the deadline. */
    void awaitLogged(int line, long deadline) throws InterruptedException;
}
