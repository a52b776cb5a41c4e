package io.econtext.parent;

import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets messages pass from one neighbour to another, or says why not; and where the rest of one can't come any more, tells
 * those who put it together. Safe for any thread.
 */
public final class Passage {
    private static final String SIBLING = "may talk to ancestors and descendants only, not to ";

    /** How many messages by a link may be under way; of more no ends are kept. */
    private static final int MAX_BEGUN = 1024;

    /** The reader of the link to the parent can't wait for classes that come by it, so it has these before. */
    static final Class<?>[] NEEDED_BY_READER = SharedOutbox.NEEDED_BY_READER;

    private final AtomicLong lent = new AtomicLong();
    private final Router router;
    private final Withdrawals withdrawals;
    private final boolean unidirectional;
    /** What ends a message of which a part has passed, by the link it comes by. */
    final Map<Link, Map<Long, Message>> begun = new ConcurrentHashMap<>();

    public Passage(Router router, Withdrawals withdrawals, boolean unidirectional) {
        this.router = router;
        this.withdrawals = withdrawals;
        this.unidirectional = unidirectional;
    }

    /** As {@link Router.Watcher#passing}. */
    public String passing(Link from, Link to, Message m) {
        withdrawals.sent(from, m.destination);
        if (m.total > m.body.length) {
            part(from, m);
        }
        // ids below have greater numbers: above nobody knows better what became of them, and may not be heard
        boolean lost = !unidirectional && m.index == 0 && to != null && to.isUp() && m.destination > router.id();
        String why = lost || to == null || to == from ? withdrawals.why(m.destination) : null;
        if (why != null || to == null || to == from) {
            return why;
        }
        if (!from.isUp() && !to.isUp()) {
            if (m.handle < Handles.DYNAMIC) {
                // those are for ancestors and descendants, and no such way leads by here
                why = Router.NOT_ALLOWED + m.handle;
            } else if (unidirectional) {
                why = SIBLING + m.destination;
            }
        }
        if (why != null) {
            router.watcher.refused(from, m, why);
        } else {
            SharedOutbox.take(to, router, lent);
        }
        return why;
    }

    private void part(Link from, Message m) {
        Map<Long, Message> messages = begun.get(from);
        if (messages == null) {
            begun.putIfAbsent(from, new ConcurrentHashMap<Long, Message>());
            messages = begun.get(from);
            PerLink.forgetLost(from, begun);
        }
        Long key = (long) m.source << 32 | m.id & 0xffffffffL;
        if ((m.flags & Message.LAST) != 0) {
            messages.remove(key);
        } else if (m.index == 0 && messages.size() < MAX_BEGUN) {
            // one that came back empty, and wants no reply to be told of that
            int flags = m.flags | Message.LAST | Message.BOUNCED;
            messages.put(
                    key,
                    new Message(
                            flags, m.source, m.authority, m.destination, m.handle, 1, m.id, 0, m.total, new byte[0]));
        }
    }

    /** A link is gone, and with it the rest of what has passed in part. */
    public void lost(Link link) {
        Map<Long, Message> messages = begun.remove(link);
        if (messages != null) {
            for (Message end : messages.values()) {
                Link to = router.route(end.destination);
                if (to != null && to != link) {
                    to.send(end);
                }
            }
        }
    }
}
