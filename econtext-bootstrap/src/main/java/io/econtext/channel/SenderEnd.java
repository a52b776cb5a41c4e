package io.econtext.channel;

import io.econtext.ChannelClosedException;
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
 * <p>{@link #send} waits on the caller's thread, holding nothing another sender needs but the order of items. Credit and
 * the receiver's close come on the link's reader.
 */
public final class SenderEnd<T> implements Sender<T> {
    static final String ENDED = "this channel was ended here";
    private static final int CONGESTION_PAUSE = 5;

    private final Router router;
    private final ChannelCodec codec;
    private final Type type;
    private final int receiver;
    private final int receiverHandle;
    private final byte[] key;
    private final int handle;
    private int credit;
    private String closed;

    /** Keeps the items of concurrent senders whole and in order; never held by a reader thread. */
    private final Object order = new Object();

    private SenderEnd(Router router, ChannelCodec codec, Type type, byte[] reference) {
        if (reference.length != ChannelWire.REFERENCE) {
            throw new IllegalArgumentException("a sender takes " + ChannelWire.REFERENCE + " bytes");
        }
        this.router = router;
        this.codec = codec;
        this.type = type;
        receiver = Message.getInt(reference, 0);
        receiverHandle = Message.getInt(reference, 4);
        key = Arrays.copyOfRange(reference, 8, 8 + ChannelWire.KEY);
        credit = Message.getInt(reference, 8 + ChannelWire.KEY);
        handle = router.register(new Incoming(receiver));
    }

    /** The sender that a call brought here. */
    public static Sender<?> here(byte[] reference, Type type) {
        return new SenderEnd<>(Context.current.router, ChannelCodec.CORE, type, reference);
    }

    public static <T> Sender<T> of(Router router, ChannelCodec codec, Type type, byte[] reference) {
        return new SenderEnd<>(router, codec, type, reference);
    }

    @Override
    public void send(T item) throws InterruptedException {
        if (item == null) {
            throw new NullPointerException("null is no item: it stands for the end of a channel");
        }
        byte[] body = ChannelWire.message(key, ChannelWire.ITEM, codec.encode(item, type));
        synchronized (order) {
            synchronized (this) {
                while (closed == null && credit <= 0) {
                    wait();
                }
                check();
                credit -= body.length;
            }
            send(body);
        }
    }

    private void send(byte[] body) throws InterruptedException {
        while (!router.trySend(router.message(Message.BULK, receiver, receiverHandle, handle, body))) {
            synchronized (this) {
                wait(CONGESTION_PAUSE);
                check();
            }
        }
    }

    private void check() {
        if (closed != null) {
            throw new ChannelClosedException(closed, null);
        }
    }

    @Override
    public synchronized boolean isClosed() {
        return closed != null;
    }

    @Override
    public void close() {
        end(ChannelWire.END, new byte[0]);
    }

    @Override
    public void fail(Throwable failure) {
        end(ChannelWire.FAILURE, Text.bytes(failure.toString()));
    }

    private void end(int kind, byte[] payload) {
        boolean interrupted = Thread.interrupted();
        synchronized (order) {
            synchronized (this) {
                if (closed != null) {
                    return;
                }
            }
            byte[] last = ChannelWire.message(key, kind, payload);
            while (!isClosed()) {
                try {
                    send(last);
                    closed(ENDED);
                } catch (InterruptedException e) {
                    // The receiver waits for this: only its own end can replace it.
                    interrupted = true;
                } catch (ChannelClosedException e) {
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closed(String reason) {
        if (closed == null) {
            closed = reason;
            router.unregister(handle);
            notifyAll();
        }
    }

    private synchronized void credited(int bytes) {
        credit += bytes;
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
                closed("the receiver is gone: " + Text.string(m.body));
            } else if (m.source == receiver && ChannelWire.fits(m, key)) {
                if (m.body[ChannelWire.KEY] == ChannelWire.CREDIT) {
                    credited(Message.getInt(m.body, ChannelWire.HEADER));
                } else {
                    closed("the receiver closed the channel");
                }
            }
        }

        @Override
        public void lost(String reason) {
            closed("the receiver is gone: " + reason);
        }
    }
}
