package io.econtext.core;

import java.util.Arrays;

/**
 * The byte stream to one neighbour: cuts frames out of what comes and keeps order in what goes.
 *
 * <p>{@link #received} is called by one thread at a time, the link's reader. {@link #send} is called by any thread and
 * doesn't block. The lock, {@code this}, guards everything outbound and is never held over I/O. One thread at a time is
 * the writer: it took {@code writing} and gives it back when {@link #next} finds nothing more.
 */
public abstract class Link {
    /** What a pipe takes for sure, unread, whatever its kind: a unix socket pair took 27 KiB in small writes. */
    private static final int DIRECT = 4096;

    private static final int WRITE_COST = 1024;
    private static final int MAX_EXTENSIONS = 1024;
    private static final int MANDATORY = 128;
    static final String MALFORMED = "sent a malformed frame";

    protected final Router router;
    /** The context at the other end, or 0 for the parent. */
    public final int first;

    final int maxMessage;
    /** The first and the last of each block of ids that is leased to what is behind this link, in their order. */
    public volatile int[] leased;

    private byte[] in = new byte[8192];
    private int have;
    private volatile int received;
    private int acknowledged;
    private volatile long bytesIn;

    /** Replaced where other contexts send by this link, too. */
    public Outbox outbox = new Outbox();

    /** Whether the neighbour need not be guarded against: a parent, or a program of our own user, who can stop us anyway. */
    public boolean direct;

    private boolean writing;
    volatile boolean lost;
    private long bytesOut;
    private int writes;

    private volatile boolean heard;
    private boolean spoke;
    private int misses;
    private long beatAt;

    protected Link(Router router, int first, int last, int maxMessage) {
        this.router = router;
        this.first = first;
        leased = new int[] {first, last};
        direct = isUp();
        this.maxMessage = maxMessage;
    }

    /** Whether this leads to the parent. */
    public final boolean isUp() {
        return first == 0;
    }

    /** The context at the other end. */
    final int neighbour() {
        return isUp() ? router.parent() : first;
    }

    public final boolean covers(int id) {
        return contains(leased, id);
    }

    /** @param blocks the first and the last of each, in their order */
    public static boolean contains(int[] blocks, int id) {
        int i = Arrays.binarySearch(blocks, id);
        return i >= 0 || (i & 1) == 0;
    }

    /** Sends, or says that the link is gone or its queue is full. */
    public final boolean send(Message m) {
        byte[] frame = null;
        synchronized (this) {
            if (lost) {
                return false;
            }
            int size = Message.HEADER + m.body.length;
            int unread = (int) bytesOut - acknowledged;
            if (unread == 0) {
                writes = 0;
            }
            if (!writing
                    // a child may acknowledge what it doesn't read: only who calls it may block for that
                    && (direct || m.handle == Handles.CALL && m.source == router.id())
                    && outbox.isEmpty()
                    && unread + size + (writes + 1) * WRITE_COST <= DIRECT
                    && canWriteNow()) {
                frame = new byte[size];
                m.write(frame, 0, 0, received);
                wrote(size);
            } else if (!outbox.offer(m)) {
                return false;
            } else if (writing) {
                return true;
            }
            writing = true;
        }
        if (frame != null) {
            writeNow(frame);
            synchronized (this) {
                if (outbox.isEmpty()) {
                    writing = false;
                    notifyAll();
                    return true;
                }
            }
        }
        wakeWriter();
        return true;
    }

    /** For the writer: the next frames, at least one if {@code b} holds the longest; 0 ends its turn. */
    protected final synchronized int next(byte[] b) {
        int n = outbox.fill(b, received);
        if (n == 0) {
            writing = false;
        } else {
            wrote(n);
        }
        notifyAll();
        return n;
    }

    private void wrote(int n) {
        bytesOut += n;
        writes++;
        spoke = true;
    }

    /** Waits until what was sent is written, at most {@code millis} or until an interrupt; says whether the link is up. */
    public final synchronized boolean flush(long millis) {
        long end = System.nanoTime() + millis * 1000000;
        try {
            while (writing && !lost && millis > 0) {
                wait(millis);
                millis = (end - System.nanoTime()) / 1000000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !lost;
    }

    /**
     * Takes what came; whole messages go on to the router.
     *
     * @throws LinkException if it breaks the protocol: then the link is to be {@link #end ended}
     */
    protected final void received(byte[] b, int offset, int length) {
        if (lost) {
            return;
        }
        heard = true;
        bytesIn += length;
        received += length;
        if (have + length > in.length) {
            in = Arrays.copyOf(in, Math.max(have + length, 2 * in.length));
        }
        System.arraycopy(b, offset, in, have, length);
        have += length;
        int at = 0;
        while (!lost && have - at >= Message.HEADER) {
            int extensions = (in[at + 2] & 255) << 8 | in[at + 3] & 255;
            int size = Message.getInt(in, at + 4);
            if (in[at] != Message.VERSION) {
                throw new LinkException("speaks version " + in[at] + " of the protocol, not " + Message.VERSION);
            }
            int total = Message.getInt(in, at + 40);
            if (size < 0 || size > Message.FRAGMENT || extensions > MAX_EXTENSIONS || total < size) {
                throw new LinkException(MALFORMED);
            }
            if (total > maxMessage) {
                throw new LinkException("sent a message of " + total + " bytes; the limit is " + maxMessage);
            }
            int e = at + Message.HEADER;
            int payload = e + extensions;
            if (have < payload + size) {
                break;
            }
            while (e + 1 < payload) {
                if ((in[e] & MANDATORY) != 0) {
                    throw new LinkException("needs extension " + (in[e] & 255) + ", which is unknown here");
                }
                e += 2 + (in[e + 1] & 255);
            }
            int read = Message.getInt(in, at + 8);
            synchronized (this) {
                int unread = (int) bytesOut - acknowledged;
                if (e != payload || read - acknowledged < 0 || read - acknowledged > unread) {
                    throw new LinkException(MALFORMED);
                }
                acknowledged = read;
            }
            Message m = Message.read(in, at, extensions, size);
            at = payload + size;
            router.received(this, m);
        }
        System.arraycopy(in, at, in, 0, have -= at);
    }

    /** Called now and then: probes a silent neighbour, and gives it up after three intervals without a sign of life and a fourth. */
    public final void beat(long now, long interval) {
        if (now - beatAt < interval) {
            return;
        }
        beatAt = now;
        boolean silent;
        synchronized (this) {
            silent = !spoke;
            spoke = false;
        }
        if (silent) {
            router.send(router.message(Message.CONTROL, neighbour(), Handles.NOTHING, 0, new byte[0]));
        }
        misses = heard ? 0 : misses + 1;
        heard = false;
        if (misses > 3) {
            end("no sign of life for " + misses * interval / 1000000000 + " s");
        }
    }

    /** Ends the link, once; everyone who waits for something behind it learns why. */
    public final void end(String reason) {
        synchronized (this) {
            if (lost) {
                return;
            }
            lost = true;
            outbox.clear();
            notifyAll();
        }
        close();
        router.lost(this, reason);
    }

    public final long bytesIn() {
        return bytesIn;
    }

    public final synchronized long bytesOut() {
        return bytesOut;
    }

    /** Whether a small write would not block now. Called with the lock held. */
    protected abstract boolean canWriteNow();

    /** Writes a small frame on the calling thread; a failure ends the link. */
    protected abstract void writeNow(byte[] frame);

    /** Lets the writer call {@link #next} until that returns 0. */
    protected abstract void wakeWriter();

    /** Closes the stream. */
    protected abstract void close();
}
