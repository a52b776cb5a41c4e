package io.econtext.parent;

import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Outbox;
import io.econtext.core.Router;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for a link by which neighbours send, too: each of them has a lane of its own, and these take turns. So who
 * sends much, or says that all of it is urgent, holds up nobody but itself and those behind it. What this context says
 * itself has every other turn.
 *
 * <p>Guarded by its link.
 */
final class SharedOutbox extends Outbox {
    static final Class<?>[] NEEDED_BY_READER = {Lane.class, Urgent.class};

    private static final int LEAST = 1 << 20;

    private final Router router;
    /** Bytes beyond their limits, for messages in parts, that all lanes of this context were given. */
    private final AtomicLong lent;

    /** What waited when the first neighbour sent something. */
    private final Outbox before;

    private final Urgent urgent = new Urgent();
    private final Outbox own = new Outbox();
    /** Those in which something waits; the next one first. */
    private final ArrayDeque<Lane> lanes = new ArrayDeque<>();

    private boolean ownFirst;

    private SharedOutbox(Router router, AtomicLong lent, Outbox before) {
        this.router = router;
        this.lent = lent;
        this.before = before;
    }

    /** Has a link take what neighbours send. */
    static void take(Link link, Router router, AtomicLong lent) {
        synchronized (link) {
            if (!(link.outbox instanceof SharedOutbox)) {
                link.outbox = new SharedOutbox(router, lent, link.outbox);
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return before.isEmpty() && urgent.isEmpty() && own.isEmpty() && lanes.isEmpty();
    }

    @Override
    public boolean offer(Message m) {
        if (m.source == router.id()) {
            return (m.handle == Handles.GONE || m.handle == Handles.LEASE ? urgent : own).offer(m);
        }
        for (Lane lane : lanes) {
            // its link may be lost, and routed no more
            if (lane.isOf(m.source)) {
                return lane.offer(m);
            }
        }
        Lane lane = new Lane(router.route(m.source));
        lanes.add(lane);
        return lane.offer(m);
    }

    @Override
    public int fill(byte[] b, int received) {
        int n = before.fill(b, received);
        if (n == 0) {
            n = urgent.fill(b, received);
        }
        ownFirst = !ownFirst;
        if (n == 0 && ownFirst) {
            n = own.fill(b, received);
        }
        Lane lane = n == 0 ? lanes.poll() : null;
        if (lane != null) {
            n = lane.fill(b, received);
            if (lane.isEmpty()) {
                lane.giveBack();
            } else {
                lanes.add(lane);
            }
        }
        return n == 0 ? own.fill(b, received) : n;
    }

    @Override
    public void clear() {
        before.clear();
        urgent.clear();
        own.clear();
        for (Lane lane : lanes) {
            lane.giveBack();
        }
        lanes.clear();
    }

    /** What nobody may miss, and others rely on: losses and leases. */
    private static final class Urgent extends Outbox {
        @Override
        protected boolean hasRoom(Message m, int bytes) {
            return true;
        }
    }

    /** What came by one link. */
    private final class Lane extends Outbox {
        private final Link from;
        private final Map<Long, Integer> longer = new HashMap<>();
        private int beyond;

        Lane(Link from) {
            this.from = from;
        }

        boolean isOf(int source) {
            return from == router.route(source) || from != null && !from.isUp() && from.covers(source);
        }

        /** What passes through in parts can't be called back, so there is room for it beyond the limit, while that lasts. */
        @Override
        protected boolean hasRoom(Message m, int bytes) {
            int limit = Math.max(LEAST, Math.min(LIMIT, 2 * LIMIT / lanes.size()));
            if (bytes <= (m.isBounced() ? 2 * limit : limit)) {
                return true;
            }
            Long key = (long) m.source << 32 | m.id & 0xffffffffL;
            if (m.total > m.body.length && !m.isBounced() && !longer.containsKey(key) && lend(m.total)) {
                longer.put(key, m.total);
                beyond += m.total;
            }
            return bytes <= limit + beyond && (m.isBounced() || longer.containsKey(key));
        }

        private boolean lend(int bytes) {
            if (lent.addAndGet(bytes) <= Math.min(Runtime.getRuntime().maxMemory() / 8 * 3, 1 << 30)) {
                return true;
            }
            lent.addAndGet(-bytes);
            return false;
        }

        void giveBack() {
            lent.addAndGet(-beyond);
            beyond = 0;
            longer.clear();
        }
    }
}
