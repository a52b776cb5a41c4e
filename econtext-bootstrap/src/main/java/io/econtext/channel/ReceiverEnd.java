package io.econtext.channel;

import io.econtext.Channel;
import io.econtext.ChannelClosedException;
import io.econtext.ChannelTimeoutException;
import io.econtext.core.Handler;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;

/**
 * The receiving end of a channel that a call sends to.
 *
 * <p>It ends when both have ended, the sender and the call: the call's own failure says more, but takes another way, which
 * may be the shorter one. Items come on the link's reader, which only queues them; they are decoded by whoever receives. The
 * queue is bounded by the credit that was given: a sender that exceeds it loses its link. Nothing is sent under the lock, for
 * which the reader may wait.
 */
public final class ReceiverEnd<T> implements Channel<T> {
    /** How many bytes may be on their way or wait here. */
    public static final int WINDOW = 256 << 10;

    static final String CLOSED_HERE = "this channel was closed here";
    static final String GONE = "the sender is gone: ";
    static final String OVERRUN = "sent more on a channel than it had credit for";

    private final Router router;
    private final ChannelCodec codec;
    private final Type type;
    private final Runnable onClose;
    private final byte[] key = new byte[ChannelWire.KEY];
    private final int handle;
    private final ArrayDeque<byte[]> items = new ArrayDeque<>();
    private int queued;
    private int owed;
    private int sender;
    private int senderHandle;
    private boolean senderEnded;
    private boolean sourceEnded;
    private boolean ended;
    private boolean closed;
    private Throwable failure;

    /**
     * @param peer the context whose end ends the channel
     * @param onClose runs when this end is closed before the sender ended
     */
    public ReceiverEnd(Router router, ChannelCodec codec, Type type, int peer, Runnable onClose) {
        this.router = router;
        this.codec = codec;
        this.type = type;
        this.onClose = onClose;
        new SecureRandom().nextBytes(key);
        handle = router.register(new Incoming(peer));
    }

    /** What makes a {@link SenderEnd} elsewhere. */
    public byte[] reference() {
        byte[] reference = new byte[ChannelWire.REFERENCE];
        Message.putInt(reference, 0, router.id());
        Message.putInt(reference, 4, handle);
        System.arraycopy(key, 0, reference, 8, ChannelWire.KEY);
        Message.putInt(reference, 8 + ChannelWire.KEY, WINDOW);
        return reference;
    }

    @Override
    public T receive() throws InterruptedException {
        return receive(Long.MAX_VALUE);
    }

    @Override
    public T receive(Duration timeout) throws InterruptedException {
        return receive(timeout.toNanos());
    }

    @SuppressWarnings("unchecked")
    private T receive(long nanos) throws InterruptedException {
        byte[] item;
        Message credit = null;
        synchronized (this) {
            long start = System.nanoTime();
            while ((item = items.poll()) == null && !ended) {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    throw new ChannelTimeoutException("nothing came within " + Duration.ofNanos(nanos));
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            if (item == null) {
                if (failure != null) {
                    throw new ChannelClosedException(failure.getMessage(), failure);
                }
                return null;
            }
            queued -= item.length;
            owed += item.length;
            if (owed >= WINDOW / 2 && !ended) {
                credit = toSender(ChannelWire.CREDIT, owed);
                owed = 0;
            }
        }
        if (credit != null) {
            router.send(credit);
        }
        return (T) codec.decode(item, ChannelWire.HEADER, item.length - ChannelWire.HEADER, type);
    }

    private Message toSender(int kind, int credit) {
        return router.message(Message.CONTROL, sender, senderHandle, 0, ChannelWire.credit(key, kind, credit));
    }

    @Override
    public synchronized boolean isEnded() {
        return ended && items.isEmpty();
    }

    @Override
    public Iterator<T> iterator() {
        return new Items();
    }

    @Override
    public void close() {
        Message tell = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            items.clear();
            queued = 0;
            if (ended) {
                return;
            }
            if (senderHandle != 0) {
                tell = toSender(ChannelWire.CLOSED, 0);
            }
            end(new ChannelClosedException(CLOSED_HERE, null));
        }
        if (tell != null) {
            router.send(tell);
        }
        onClose.run();
    }

    /**
     * The call that sends has ended; what it sent before is kept.
     *
     * @param why it failed, or {@code null}
     * @param endFollows whether the sender's own end has come or will
     */
    public synchronized void sourceEnded(Throwable why, boolean endFollows) {
        if (!ended) {
            sourceEnded = true;
            failure = why == null ? failure : why;
            if (senderEnded || !endFollows) {
                end(failure);
            }
        }
    }

    private synchronized void lost(String reason) {
        if (!ended) {
            end(new ChannelClosedException(GONE + reason, null));
        }
    }

    private void end(Throwable reason) {
        ended = true;
        failure = reason;
        router.unregister(handle);
        notifyAll();
    }

    private synchronized void take(Message m) {
        if (ended || senderEnded) {
            return;
        }
        sender = m.source;
        senderHandle = m.replyTo;
        int kind = m.body[ChannelWire.KEY];
        if (kind == ChannelWire.ITEM) {
            // With any credit left one more item may come, whatever its size.
            if (queued + owed >= WINDOW) {
                end(new ChannelClosedException(OVERRUN, null));
                throw new LinkException(OVERRUN);
            }
            items.add(m.body);
            queued += m.body.length;
            notifyAll();
        } else {
            senderEnded = true;
            if (kind == ChannelWire.FAILURE && failure == null) {
                failure = new ChannelClosedException(ChannelWire.text(m), null);
            }
            if (sourceEnded) {
                end(failure);
            }
        }
    }

    /** What the sender says. */
    private final class Incoming extends Handler {
        Incoming(int peer) {
            super(peer);
        }

        /** The key opens it, also to whom the sender was handed on. */
        @Override
        protected boolean accepts(Message m) {
            return ChannelWire.fits(m, key);
        }

        @Override
        public void handle(Message m) {
            take(m);
        }

        @Override
        public void lost(String reason) {
            ReceiverEnd.this.lost(reason);
        }
    }

    /** Receives; an interrupt ends it. */
    private final class Items implements Iterator<T> {
        private T next;

        @Override
        public boolean hasNext() {
            try {
                if (next == null) {
                    next = receive();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ChannelClosedException("interrupted while waiting for an item", e);
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T item = next;
            next = null;
            return item;
        }
    }
}
