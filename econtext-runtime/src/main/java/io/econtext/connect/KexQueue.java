package io.econtext.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.future.DefaultKeyExchangeFuture;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.KeyExchangeMessageHandler;
import org.apache.sshd.common.session.helpers.PendingWriteFuture;
import org.slf4j.Logger;

/**
 * What waits while keys are exchanged anew is sent right after, by the thread that ended the exchange: MINA would start
 * a thread for it that outlives the connector, and there is little, as each channel has one write at a time.
 *
 * <p>Safe for use by several threads.
 */
final class KexQueue extends KeyExchangeMessageHandler {
    private final MinaSession owner;

    KexQueue(MinaSession owner, Logger log) {
        super(owner, log);
        this.owner = owner;
    }

    @Override
    protected void flushQueue(DefaultKeyExchangeFuture flushed) {
        List<Sent> sent = new ArrayList<>();
        Exception failure = updateState(() -> flush(sent));
        flushed.setValue(failure == null ? Boolean.TRUE : failure);
        sent.forEach(packet -> packet.written().addListener(packet.waiting()));
        if (failure != null) {
            owner.exceptionCaught(failure);
        }
    }

    /** Listeners come later: one that wrote more would keep this lock. */
    private Exception flush(List<Sent> sent) {
        Exception failure = null;
        PendingWriteFuture waiting = pendingPackets.poll();
        while (waiting != null) {
            try {
                sent.add(new Sent(waiting, owner.writeQueued(waiting.getBuffer())));
            } catch (IOException | RuntimeException e) {
                failure = e;
                waiting.setException(e);
            }
            waiting = pendingPackets.poll();
        }
        kexFlushed.set(true);
        return failure;
    }

    private record Sent(PendingWriteFuture waiting, IoWriteFuture written) {}
}
