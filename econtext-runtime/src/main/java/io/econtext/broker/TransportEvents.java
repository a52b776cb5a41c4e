package io.econtext.broker;

import io.econtext.ConnectFailedException;

/**
 * What a {@link Transport} tells. Calls come one after the other, on the transport's own threads, which must not be
 * blocked: {@code started} or {@code failed} first, then {@code out} and {@code err} in any number, then
 * {@code ended} once.
 */
public interface TransportEvents {

    /**
     * The connection is made and authenticated, the command is being started: bytes can be written. That the far end
     * won't run the command may become known later, and is an end then: waiting for it would cost a round trip.
     */
    void started();

    /** It could not be started; nothing follows. */
    void failed(ConnectFailedException why);

    /** The command printed to its stdout. The array is the transport's again when this returns. */
    void out(byte[] bytes, int offset, int length);

    /** The command printed to its stderr. The array is the transport's again when this returns. */
    void err(byte[] bytes, int offset, int length);

    /**
     * The command ended or its connection is gone, after the last of its output.
     *
     * @param reason for people: an exit status, a signal, ssh's disconnect text
     */
    void ended(String reason);
}
