package io.econtext.parent;

import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;

/** Lets messages pass from one neighbour to another, or says why not. Safe for any thread. */
public final class Passage {
    private static final String SIBLING = "may talk to ancestors and descendants only, not to ";

    private final Router router;
    private final Withdrawals withdrawals;
    private final boolean unidirectional;

    public Passage(Router router, Withdrawals withdrawals, boolean unidirectional) {
        this.router = router;
        this.withdrawals = withdrawals;
        this.unidirectional = unidirectional;
    }

    /** As {@link Router.Watcher#passing}. */
    public String passing(Link from, Link to, Message m) {
        withdrawals.sent(from, m.destination);
        if (to == null || to == from) {
            return withdrawals.why(m.destination);
        }
        String why = null;
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
        }
        return why;
    }
}
