package io.econtext.broker;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.parent.Leases;
import io.econtext.parent.Passage;
import io.econtext.parent.Printable;
import io.econtext.parent.Withdrawals;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The living contexts by their ids: allots these, leases them to those that are to have children, hands what contexts send
 * to their sessions, and tells of losses.
 *
 * <p>An id is never given twice. Safe for use by any thread.
 */
final class Tree implements Router.Watcher, Withdrawals.Listener {
    private static final String ON_THE_WAY = "' on the way to it is gone: ";
    private static final int MAX_TEXT = 4096;
    /** What goes down only. */
    private static final int[] DOWN = {Handles.CALL, Handles.CANCEL, Handles.PUSH, Handles.LOG_LEVEL, Handles.SHUTDOWN};

    final Router router = new Router(0, new int[0], this);

    private final Broker broker;
    private final boolean unidirectional;
    private final Withdrawals withdrawals = new Withdrawals(router, this);
    private final Leases leases = new Leases(router);
    private final Passage passage;
    private final ConcurrentHashMap<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    /** Whose children the leased ids are for, by the first of each block. */
    private final ConcurrentSkipListMap<Integer, Lease> leased = new ConcurrentSkipListMap<>();

    Tree(Broker broker, boolean unidirectional) {
        this.broker = broker;
        this.unidirectional = unidirectional;
        passage = new Passage(router, withdrawals, unidirectional);
        router.register(Handles.GONE, withdrawals);
        for (int handle : new int[] {
            Handles.NOTHING,
            Handles.CLASS,
            Handles.LOG,
            Handles.HELLO,
            Handles.GOODBYE,
            Handles.STUCK,
            Handles.LEASE,
            Handles.REFUSED
        }) {
            router.register(handle, new FromContext());
        }
        for (int handle : DOWN) {
            router.register(handle, new Nobody());
        }
    }

    boolean isUnidirectional() {
        return unidirectional;
    }

    int nextId() {
        return ids.incrementAndGet();
    }

    /**
     * Ids for children of {@code parent}, which every context on the way there has heard of when a message follows.
     *
     * @return the first
     */
    synchronized int lease(Session parent, int number) {
        int last = ids.addAndGet(number);
        int first = last - number + 1;
        leased.put(first, new Lease(last, parent));
        parent.ended.thenRun(() -> leased.remove(first));
        leases.grant(parent.id(), first, last);
        return first;
    }

    void add(Session session) {
        sessions.put(session.id(), session);
        session.ended.thenAccept(reason -> ended(session, reason));
    }

    private void ended(Session session, String reason) {
        sessions.remove(session.id());
        for (Session other : sessions.values()) {
            if (other.isBehind(session)) {
                other.lost(behind(session.context.name(), reason));
            }
        }
    }

    /** Waits until a line of another context was delivered, as {@link LogStream#awaitDelivered} does. */
    void awaitLogged(LogStream waiting, long id, int line, long deadline) {
        Session session = sessions.get((int) id);
        if (session != null && session.logs != waiting) {
            try {
                session.logs.awaitDelivered(line, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Collection<Session> sessions() {
        return sessions.values();
    }

    @Override
    public void lost(Link link, String reason) {
        passage.lost(link);
        String behind = behind(link.first, reason);
        // First, as who is behind it waits for it to come back.
        Session neighbour = sessions.get(link.first);
        if (neighbour != null) {
            neighbour.lost(reason);
        }
        for (Session session : sessions.values()) {
            if (session.id() != link.first && link.covers(session.id())) {
                session.lost(behind);
            }
        }
        withdrawals.lost(link, reason);
    }

    @Override
    public void gone(Link from, int[] blocks, String reason, byte[] body) {
        String text = Printable.line(reason);
        String behind = behind(blocks[0], text);
        for (Session session : sessions.values()) {
            if (Link.contains(blocks, session.id())) {
                // the first of the first block is the one that went, the others were behind it
                session.lost(session.id() == blocks[0] ? text : behind);
            }
        }
        withdrawals.passOn(from, blocks, body);
    }

    private String behind(int gone, String reason) {
        Session session = sessions.get(gone);
        return behind(session == null ? Integer.toString(gone) : session.context.name(), reason);
    }

    /** Why a context is lost that is behind one which is gone for a reason. */
    static String behind(String gone, String reason) {
        return reason.contains(ON_THE_WAY) ? reason : "context '" + gone + ON_THE_WAY + reason;
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return passage.passing(from, to, message);
    }

    /** Its sender is to blame, where the neighbour may speak for that one; if there is none, whose child it would be. */
    @Override
    public void refused(Link link, Message message, String why) {
        int blamed = link.first;
        if (link.covers(message.source)) {
            Session parent = parentOf(message.source);
            if (sessions.containsKey(message.source)) {
                blamed = message.source;
            } else if (parent != null) {
                blamed = parent.id();
            }
        }
        refused(blamed, why, 1);
    }

    /** For whose children an id is, or {@code null}. */
    private Session parentOf(int id) {
        Map.Entry<Integer, Lease> lease = leased.floorEntry(id);
        return lease == null || id > lease.getValue().last ? null : lease.getValue().parent;
    }

    private void refused(int id, String why, int times) {
        Session session = sessions.get(id);
        if (session != null) {
            session.context.refused(why, times);
        }
    }

    /** Everything that contexts send to well-known handles. */
    private final class FromContext extends Handler {
        FromContext() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            Session session = sessions.get(m.source);
            if (session != null) {
                session.received(m);
            }
        }
    }

    /** A parent says what its child was refused; of nobody else it can say so, not even of what is behind the same link. */
    void reported(Message m) {
        int child = Message.getInt(m.body, 0);
        Session parent = parentOf(child);
        if (parent == null || parent.id() != m.source) {
            throw new LinkException("reports a context that isn't its own");
        }
        String why = Text.string(Arrays.copyOfRange(m.body, 8, Math.min(m.body.length, 8 + MAX_TEXT)));
        refused(child, Printable.line(why), Math.max(1, Message.getInt(m.body, 4)));
    }

    /** @param last of the block's ids */
    private record Lease(int last, Session parent) {}

    /** Takes nothing from anyone. */
    private static final class Nobody extends Handler {
        Nobody() {
            super(ANYONE);
        }

        @Override
        protected boolean accepts(Message m) {
            return false;
        }

        @Override
        public void handle(Message m) {}
    }
}
