package io.econtext.parent;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.util.Arrays;

/**
 * Tells every context on the way to one that is to have children which ids these will have, so that each has a route
 * before anything uses it: {@code i32 lessee, i32 first, i32 last}, from neighbour to neighbour.
 *
 * <p>Comes from above only: no context can claim an id. Safe for any thread.
 */
public final class Leases extends Handler {
    private final Router router;

    public Leases(Router router) {
        super(ANCESTORS);
        this.router = router;
    }

    @Override
    public void handle(Message m) {
        grant(Message.getInt(m.body, 0), Message.getInt(m.body, 4), Message.getInt(m.body, 8));
    }

    /** Contexts with ids from {@code first} to {@code last} may come to be behind a link. */
    static void lease(Link link, int first, int last) {
        synchronized (link) {
            int[] leased = link.leased;
            int n = leased.length;
            // what follows the last block makes that longer, or routing would take longer with every context that ever
            // was
            boolean follows = leased[n - 1] == first - 1;
            int[] more = Arrays.copyOf(leased, follows ? n : n + 2);
            if (!follows) {
                more[n] = first;
            }
            more[more.length - 1] = last;
            link.leased = more;
        }
    }

    /** How many ids are leased to what is behind a link. */
    static long number(Link link) {
        long number = 0;
        int[] blocks = link.leased;
        for (int i = 0; i < blocks.length; i += 2) {
            number += 1L + blocks[i + 1] - blocks[i];
        }
        return number;
    }

    /** Leases ids to a descendant; does nothing if none is known by that number. */
    public void grant(int lessee, int first, int last) {
        Link link = router.route(lessee);
        if (lessee == router.id() || link == null || link.isUp()) {
            return;
        }
        lease(link, first, last);
        if (lessee != link.first) {
            byte[] body = new byte[12];
            Message.putInt(body, 0, lessee);
            Message.putInt(body, 4, first);
            Message.putInt(body, 8, last);
            router.send(router.message(Message.CONTROL, link.first, Handles.LEASE, 0, body));
        }
    }
}
