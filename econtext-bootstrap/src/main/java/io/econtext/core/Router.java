package io.econtext.core;

import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings messages to handles of this context, or to the neighbour that is nearer to where they go.
 *
 * <p>It knows no call, no class and no log. Messages are routed on the thread they come by, without a lock: routes are
 * an immutable array that is replaced, handles a concurrent map.
 */
public final class Router {
    public static final String NO_CONTEXT = "no such context: ";
    public static final String NO_HANDLE = "no such handle: ";
    public static final String CONGESTED = "the link is gone or its queue is full";
    public static final String NOT_ALLOWED = "not allowed to use handle ";
    static final String BROKEN = "sent fragments that don't fit together, or too many";

    /** The most bytes to a well-known handle that anyone may use. */
    static final int MOST_FROM_ANYONE = 4 * Message.FRAGMENT;

    private final int id;
    private final int[] ancestors;
    private volatile Link up;
    private volatile Link[] down = {};
    private final ConcurrentHashMap<Integer, Handler> handles = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Long, Partial> partials = new ConcurrentHashMap<>();
    private final AtomicInteger nextHandle = new AtomicInteger(Handles.DYNAMIC);
    private final AtomicInteger nextId = new AtomicInteger();
    /** Replaced by a context that is to have children. */
    public volatile Watcher watcher;

    /** @param ancestors from the parent to the controller; empty for the controller itself */
    public Router(int id, int[] ancestors, Watcher watcher) {
        this.id = id;
        this.ancestors = ancestors;
        this.watcher = watcher;
    }

    public int id() {
        return id;
    }

    public int parent() {
        return ancestors[0];
    }

    /** The context that all others descend from. */
    public int controller() {
        return ancestors[ancestors.length - 1];
    }

    boolean isAncestor(int context) {
        for (int ancestor : ancestors) {
            if (ancestor == context) {
                return true;
            }
        }
        return false;
    }

    public synchronized void add(Link link) {
        if (link.isUp()) {
            up = link;
        } else {
            Link[] more = Arrays.copyOf(down, down.length + 1);
            more[down.length] = link;
            down = more;
        }
    }

    /** Puts {@code handler} under a number of its own and returns that. */
    public int register(Handler handler) {
        while (true) {
            int handle = nextHandle.getAndIncrement();
            if (handle < Handles.DYNAMIC) {
                nextHandle.compareAndSet(handle + 1, Handles.DYNAMIC);
            } else if (handles.putIfAbsent(handle, handler) == null) {
                return handle;
            }
        }
    }

    /** Puts {@code handler} under a well-known number. */
    public void register(int handle, Handler handler) {
        if (handles.putIfAbsent(handle, handler) != null) {
            throw new IllegalStateException("handle " + handle + " is taken");
        }
    }

    /** Puts {@code handler} in another's place, which is returned. */
    public Handler replace(int handle, Handler handler) {
        return handles.put(handle, handler);
    }

    public Handler unregister(int handle) {
        return handles.remove(handle);
    }

    /** How many handles are registered. */
    public int handles() {
        return handles.size();
    }

    /** A message of this context's own. */
    public Message message(int priority, int destination, int handle, int replyTo, byte[] body) {
        return new Message(
                priority | Message.LAST,
                id,
                id,
                destination,
                handle,
                replyTo,
                nextId.incrementAndGet(),
                0,
                body.length,
                body);
    }

    /** Sends a message; where that can't be, its reply handle learns why. */
    public void send(Message m) {
        if (!trySend(m)) {
            giveUp(route(m.destination), m);
        }
    }

    /** Sends a message, or says that its link is gone or congested; what leads nowhere is bounced. */
    public boolean trySend(Message m) {
        if (m.destination == id) {
            deliver(null, m);
            return true;
        }
        Link link = route(m.destination);
        if (link == null) {
            bounce(m, NO_CONTEXT + m.destination);
            return true;
        }
        return link.send(m);
    }

    /** The link by which messages go there. */
    public Link route(int destination) {
        for (Link link : down) {
            if (link.covers(destination)) {
                return link;
            }
        }
        return up;
    }

    void received(Link from, Message m) {
        if (from.isUp() ? route(m.source) != from : !(from.covers(m.source) && from.covers(m.authority))) {
            watcher.refused(from, m, "claims to come from " + m.source + " on behalf of " + m.authority);
        } else if (m.destination != id) {
            Link link = route(m.destination);
            String why = watcher.passing(from, link, m);
            if (why == null && (link == null || link == from)) {
                why = NO_CONTEXT + m.destination;
            }
            if (why != null) {
                bounce(m, why);
            } else if (!link.send(m)) {
                giveUp(link, m);
            }
        } else {
            try {
                assemble(from, m);
            } catch (LinkException e) {
                // Not the neighbour's fault if it was broken further away.
                if (m.source == from.neighbour()) {
                    throw e;
                }
                watcher.refused(from, m, e.getMessage());
            }
        }
    }

    private void assemble(Link from, Message m) {
        if (m.total == m.body.length) {
            deliver(from, m);
            return;
        }
        Long key = (long) m.source << 32 | m.id & 0xffffffffL;
        Partial partial = partials.get(key);
        if (m.isBounced()) {
            partials.remove(key);
            end(from, m);
            return;
        }
        if (partial == null) {
            Handler handler = m.index > 0 ? null : handler(from, m);
            if (handler == null) {
                return; // also of a message that was given up
            }
            if (handler.peer != Handler.ANCESTORS && m.handle < Handles.DYNAMIC && m.total > MOST_FROM_ANYONE) {
                throw new LinkException(BROKEN);
            }
            partial = begin(from, key, m.total);
            if (partial == null) {
                bounce(m, CONGESTED);
                end(from, m);
                return;
            }
        }
        if (!partial.add(m)) {
            partials.remove(key);
            throw new LinkException(BROKEN);
        } else if (m.isLast()) {
            partials.remove(key);
            deliver(from, m.whole(m.flags, partial.bytes));
        }
    }

    /** What began won't be whole; who waits for a reply learns that. */
    private void end(Link from, Message m) {
        if (m.isReply()) {
            deliver(from, m.whole(m.flags | Message.BOUNCED, Text.bytes(CONGESTED)));
        }
    }

    /** Makes room for the parts of a message, or not: all together may take half of the heap, those by one link a quarter. */
    private Partial begin(Link from, Long key, int total) {
        Partial begun = new Partial(from, total);
        partials.put(key, begun);
        long sum = 0;
        for (Partial partial : partials.values()) {
            sum += (partial.from == from ? 2L : 1L) * Math.max(Message.FRAGMENT, partial.total);
        }
        if (sum - total <= Runtime.getRuntime().maxMemory() / 2) {
            return begun;
        }
        partials.remove(key);
        return null;
    }

    /** @param from null for a message of this context's own, which may go anywhere */
    private void deliver(Link from, Message m) {
        Handler handler = handler(from, m);
        if (handler != null) {
            handler.handle(m);
        }
    }

    private Handler handler(Link from, Message m) {
        Handler handler = handles.get(m.handle);
        if (handler == null) {
            bounce(m, NO_HANDLE + m.handle);
        } else if (from == null || (handler.peer == Handler.ANCESTORS ? isAncestor(m.source) : handler.accepts(m))) {
            return handler;
        } else {
            bounce(m, NOT_ALLOWED + m.handle);
            watcher.refused(from, m, NOT_ALLOWED + m.handle);
        }
        return null;
    }

    /**
     * Tells the sender, on behalf of the destination, that its message did not arrive; nothing is said of a message that
     * wants no reply.
     */
    private void bounce(Message m, String reason) {
        if (m.replyTo != 0 && !m.isBounced()) {
            byte[] text = Text.bytes(reason);
            Message back = new Message(
                    Message.CONTROL | Message.LAST | Message.BOUNCED,
                    id,
                    m.destination,
                    m.source,
                    m.replyTo,
                    0,
                    nextId.incrementAndGet(),
                    0,
                    text.length,
                    text);
            send(back);
        }
    }

    /**
     * There is no room for a message, or a part of it: the sender is told, and, behind what went before, the destination,
     * where the rest is waited for, or a reply. So much room there is always, but for very many such messages.
     */
    private void giveUp(Link link, Message m) {
        bounce(m, CONGESTED);
        if (link != null && !m.isBounced() && (m.total > m.body.length || m.isReply())) {
            link.send(new Message(
                    m.flags | Message.BOUNCED,
                    m.source,
                    m.authority,
                    m.destination,
                    m.handle,
                    m.replyTo,
                    m.id,
                    m.index,
                    link.maxMessage,
                    new byte[0]));
        }
    }

    void lost(Link link, String reason) {
        boolean wasUp = link.isUp();
        if (wasUp && link != up) {
            return; // it was replaced
        }
        synchronized (this) {
            int n = 0;
            Link[] fewer = new Link[down.length];
            for (Link other : down) {
                if (other != link) {
                    fewer[n++] = other;
                }
            }
            down = Arrays.copyOf(fewer, n);
        }
        // First, so that who is woken finds the link gone.
        watcher.lost(link, reason);
        gone(wasUp ? null : link.leased, reason);
    }

    /**
     * Wakes everyone who waits for contexts that are gone.
     *
     * @param blocks the first and the last of each block of their ids; {@code null} for all that the parent led to
     */
    public void gone(int[] blocks, String reason) {
        for (Iterator<Long> i = partials.keySet().iterator(); i.hasNext(); ) {
            if (isIn(blocks, (int) (i.next() >> 32))) {
                i.remove();
            }
        }
        for (Iterator<Handler> i = handles.values().iterator(); i.hasNext(); ) {
            Handler handler = i.next();
            if (handler.peer >= 0 && isIn(blocks, handler.peer)) {
                i.remove();
                handler.lost(reason);
            }
        }
    }

    private boolean isIn(int[] blocks, int context) {
        return blocks == null ? context != id && route(context) == up : Link.contains(blocks, context);
    }

    /** Takes the word of the parent that contexts are gone: {@code i32 blocks, each i32 first, i32 last}, UTF-8 reason. */
    public final class Gone extends Handler {
        public Gone() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            int[] blocks = blocks(m.body);
            gone(blocks, reason(m.body, blocks));
        }
    }

    /** The blocks that a message to {@link Handles#GONE} names. */
    public static int[] blocks(byte[] body) {
        int[] blocks = new int[2 * Message.getInt(body, 0)];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Message.getInt(body, 4 + 4 * i);
        }
        return blocks;
    }

    public static String reason(byte[] body, int[] blocks) {
        return Text.string(Arrays.copyOfRange(body, 4 + 4 * blocks.length, body.length));
    }

    /** Learns what happens to links; called on their threads, must not block. */
    public interface Watcher {
        void lost(Link link, String reason);

        /** A neighbour said what it may not say; the message was dropped. */
        void refused(Link link, Message message, String why);

        /**
         * A message is about to go from one neighbour to another.
         *
         * @param to null or {@code from} if it leads nowhere
         * @return why it may not, or null
         */
        String passing(Link from, Link to, Message message);
    }

    /** The fragments of a message so far; memory grows with what came, not with what was announced. */
    static final class Partial {
        final Link from;
        final int total;
        byte[] bytes = {};
        private int length;
        private int next;

        Partial(Link from, int total) {
            this.from = from;
            this.total = total;
        }

        /** Whether {@code m} is what comes next. */
        boolean add(Message m) {
            int end = length + m.body.length;
            if (m.index != next++
                    || m.total != total
                    || m.body.length == 0
                    || end > total
                    || m.isLast() != (end == total)) {
                return false;
            }
            if (end > bytes.length) {
                // doubled to the end, it would take twice the memory
                bytes = Arrays.copyOf(bytes, end > total >> 4 ? total : 2 * end);
            }
            System.arraycopy(m.body, 0, bytes, length, m.body.length);
            length = end;
            return true;
        }
    }
}
