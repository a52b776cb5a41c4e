package io.econtext.channel;

import io.econtext.ChannelClosedException;
import io.econtext.NotPortableException;
import io.econtext.Sender;
import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * The sending end of a channel, wherever it is.
 *
 * <p>{@link #send} waits on the caller's thread, one sender at a time, without holding the lock while the link has no room.
 * Credit and the receiver's close come on the link's reader.
 */
public final class SenderEnd<T> implements Sender<T> {
    static final String ENDED = "this channel was ended here";
    static final String CLOSED = "the receiver closed the channel";
    static final String GONE = "the receiver is gone: ";
    private static final int CONGESTION_PAUSE = 5;

    private final Router router;
    private final ChannelCodec codec;
    private final Type type;
    private final int maxMessage;
    private final int receiver;
    private final int receiverHandle;
    private final byte[] key;
    private final int handle;
    private int credit;
    /** Whether a message is under way; the next one waits for it. */
    private boolean sending;

    private boolean ended;
    /** Why nothing sent arrives any more. */
    private String gone;

    private SenderEnd(Router router, ChannelCodec codec, Type type, int maxMessage, byte[] reference) {
        if (reference.length != ChannelWire.REFERENCE) {
            throw new IllegalArgumentException("a sender takes " + ChannelWire.REFERENCE + " bytes");
        }
        this.router = router;
        this.codec = codec;
        this.type = type;
        this.maxMessage = maxMessage;
        receiver = Message.getInt(reference, 0);
        receiverHandle = Message.getInt(reference, 4);
        key = Arrays.copyOfRange(reference, 8, 8 + ChannelWire.KEY);
        credit = Message.getInt(reference, 8 + ChannelWire.KEY);
        handle = router.register(new Incoming(receiver));
    }

    /** The sender that a call brought here. */
    public static Sender<?> here(byte[] reference, Type type) {
        Context context = Context.current;
        return of(context.router, ChannelCodec.CORE, type, context.maxMessage(), reference);
    }

    public static <T> Sender<T> of(Router router, ChannelCodec codec, Type type, int maxMessage, byte[] reference) {
        return new SenderEnd<>(router, codec, type, maxMessage, reference);
    }

    @Override
    public void send(T item) throws InterruptedException {
        if (item == null) {
            throw new NullPointerException("null is no item: it stands for the end of a channel");
        }
        byte[] body = ChannelWire.message(key, ChannelWire.ITEM, codec.encode(item, type));
        if (body.length > maxMessage) {
            throw new NotPortableException("an item of " + body.length + " bytes; the limit is " + maxMessage);
        }
        synchronized (this) {
            while (!isClosed() && (sending || credit <= 0)) {
                wait();
            }
            if (isClosed()) {
                throw new ChannelClosedException(gone == null ? ENDED : gone, null);
            }
            sending = true;
            credit -= body.length;
        }
        int unspent = body.length;
        try {
            offer(body);
            unspent = 0;
        } finally {
            credited(unspent, true);
        }
    }

    /** Waits for room in the queue of the link. */
    private void offer(byte[] body) throws InterruptedException {
        while (!router.trySend(router.message(Message.BULK, receiver, receiverHandle, handle, body))) {
            synchronized (this) {
                if (gone != null) {
                    throw new ChannelClosedException(gone, null);
                }
                wait(CONGESTION_PAUSE);
            }
        }
    }

    @Override
    public synchronized boolean isClosed() {
        return ended || gone != null;
    }

    @Override
    public void close() {
        end(ChannelWire.END, new byte[0]);
    }

    @Override
    public void fail(Throwable failure) {
        end(ChannelWire.FAILURE, Text.bytes(Text.utf(failure.toString())));
    }

    private void end(int kind, byte[] payload) {
        boolean interrupted = false;
        boolean sends;
        synchronized (this) {
            while (!isClosed() && sending) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            sends = !isClosed();
            ended = true;
            notifyAll();
        }
        byte[] last = ChannelWire.message(key, kind, payload);
        while (sends) {
            try {
                offer(last);
                router.unregister(handle);
                sends = false;
            } catch (InterruptedException e) {
                // The receiver waits for this: only its own end can replace it.
                interrupted = true;
            } catch (ChannelClosedException e) {
                sends = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void gone(String reason) {
        if (gone == null) {
            gone = reason;
            router.unregister(handle);
            notifyAll();
        }
    }

    private synchronized void credited(int bytes, boolean sent) {
        credit += bytes;
        sending &= !sent;
        notifyAll();
    }

    /** What the receiver says. */
    private final class Incoming extends Handler {
        Incoming(int peer) {
            super(peer);
        }

        @Override
        public void handle(Message m) {
            if (m.isBounced()) {
                gone(GONE + Text.string(m.body));
            } else if (ChannelWire.isCredit(m, key)) {
                credited(Message.getInt(m.body, ChannelWire.HEADER), false);
            } else if (ChannelWire.fits(m, key) && m.body[ChannelWire.KEY] == ChannelWire.CLOSED) {
                gone(CLOSED);
            }
        }

        @Override
        public void lost(String reason) {
            gone(GONE + reason);
        }
    }
}
