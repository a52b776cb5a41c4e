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

    private static final int MAX_PARTIAL = 1024;

    private final int id;
    private final int[] ancestors;
    private volatile Link up;
    private volatile Link[] down = {};
    private final ConcurrentHashMap<Integer, Handler> handles = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Partial> partials = new ConcurrentHashMap<>();
    private final AtomicInteger nextHandle = new AtomicInteger(Handles.DYNAMIC);
    private final AtomicInteger nextId = new AtomicInteger();
    private final Watcher watcher;

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
            bounce(m, CONGESTED);
        }
    }

    /** Sends a message, or says that its link is gone or congested; what leads nowhere is bounced. */
    public boolean trySend(Message m) {
        if (m.destination == id) {
            deliver(m);
            return true;
        }
        Link link = route(m.destination);
        if (link == null) {
            bounce(m, NO_CONTEXT + m.destination);
            return true;
        }
        return link.send(m);
    }

    private Link route(int destination) {
        for (Link link : down) {
            if (link.covers(destination)) {
                return link;
            }
        }
        return up;
    }

    void received(Link from, Message m) {
        if (!from.isUp() && !(from.covers(m.source) && from.covers(m.authority))) {
            watcher.refused(from, m, "claims to come from " + m.source + " on behalf of " + m.authority);
        } else if (m.destination != id) {
            Link link = route(m.destination);
            if (link == null || link == from) {
                bounce(m, NO_CONTEXT + m.destination);
            } else if (!link.send(m)) {
                bounce(m, CONGESTED);
            }
        } else if (m.total == m.body.length) {
            deliver(m);
        } else {
            assemble(m);
        }
    }

    private void assemble(Message m) {
        Long key = (long) m.source << 32 | m.id & 0xffffffffL;
        Partial partial = partials.get(key);
        if (partial == null && partials.size() < MAX_PARTIAL) {
            partial = new Partial();
            partials.put(key, partial);
        }
        byte[] whole = partial == null ? null : partial.add(m);
        if (partial == null || whole == null && m.isLast()) {
            throw new LinkException("sent a message in fragments that don't fit together");
        }
        if (m.isLast()) {
            partials.remove(key);
            deliver(m.whole(whole));
        }
    }

    private void deliver(Message m) {
        Handler handler = handles.get(m.handle);
        if (handler != null) {
            handler.handle(m);
        } else if (m.handle < Handles.DYNAMIC || !m.isBounced()) {
            bounce(m, NO_HANDLE + m.handle);
        }
    }

    /** Tells the sender that its message did not arrive; nothing is said of a message that wants no reply. */
    private void bounce(Message m, String reason) {
        if (m.replyTo != 0 && m.index == 0) {
            byte[] text = Text.bytes(reason);
            Message back = new Message(
                    Message.CONTROL | Message.LAST | Message.BOUNCED,
                    id,
                    id,
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

    void lost(Link link, String reason) {
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
        for (Iterator<Long> i = partials.keySet().iterator(); i.hasNext(); ) {
            if (link.covers((int) (i.next() >> 32))) {
                i.remove();
            }
        }
        for (Handler handler : handles.values()) {
            if (handler.peer >= 0 && (link.isUp() || link.covers(handler.peer))) {
                handler.lost(reason);
            }
        }
        watcher.lost(link, reason);
    }

    /** Learns what happens to links; called on their threads, must not block. */
    public interface Watcher {
        void lost(Link link, String reason);

        /** A neighbour said what it may not say; the message was dropped. */
        void refused(Link link, Message message, String why);
    }

    /** The fragments of a message so far; memory grows with what came, not with what was announced. */
    private static final class Partial {
        private byte[] bytes = new byte[Message.FRAGMENT];
        private int length;
        private int next;

        /** The whole message when {@code m} completed it. */
        byte[] add(Message m) {
            if (m.index != next++ || m.body.length > m.total - length || !m.isLast() && m.body.length == 0) {
                throw new LinkException("sent fragment " + m.index + " out of order or too long");
            }
            if (length + m.body.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(m.total, 2 * (length + m.body.length)));
            }
            System.arraycopy(m.body, 0, bytes, length, m.body.length);
            length += m.body.length;
            return length == m.total ? Arrays.copyOf(bytes, length) : null;
        }
    }
}
