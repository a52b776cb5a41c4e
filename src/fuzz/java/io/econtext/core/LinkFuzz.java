package io.econtext.core;

import io.econtext.parent.Leases;
import io.econtext.parent.Passage;
import io.econtext.parent.Refused;
import io.econtext.parent.Withdrawals;

/**
 * What a neighbour sends, any bytes at all: to the controller from below, to a context in the middle from below, or to it
 * from above. The first byte says which, and in what pieces they come.
 *
 * <p>Only a {@link LinkException} may come of it, which ends that very link; nothing is delivered or passed on that the
 * link may not say; no more memory is held than what came takes.
 */
public final class LinkFuzz {
    private static final int CHILD = 1;
    private static final int SIBLING = 20;
    private static final int WAITING_FOR_CHILD = Handles.DYNAMIC;

    private LinkFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int piece = data[0] >> 2 & 63;
        Side side = Side.values()[(data[0] & 3) % Side.values().length];
        new World(side).feed(data, piece == 0 ? data.length : piece);
    }

    private enum Side {
        CONTROLLER_FROM_BELOW,
        MIDDLE_FROM_BELOW,
        MIDDLE_FROM_ABOVE
    }

    /** A context, its neighbours, and handles of all kinds that check who uses them. */
    private static final class World implements Router.Watcher, Withdrawals.Listener {
        private final boolean fromBelow;
        private final Router router;
        private final Withdrawals withdrawals;
        private final Passage passage;
        private final Refused refused;
        private final FuzzLink up;
        private final FuzzLink child;
        private final FuzzLink sibling;

        World(Side side) {
            fromBelow = side != Side.MIDDLE_FROM_ABOVE;
            boolean middle = side != Side.CONTROLLER_FROM_BELOW;
            router = new Router(middle ? 30 : 0, middle ? new int[] {31, 0} : new int[0], this);
            withdrawals = new Withdrawals(router, this);
            passage = new Passage(router, withdrawals, false);
            refused = new Refused(router);
            up = middle ? new FuzzLink(router, 0) : null;
            child = new FuzzLink(router, CHILD);
            new Leases(router).grant(CHILD, 5, 9);
            sibling = new FuzzLink(router, SIBLING);
            register();
        }

        private void register() {
            for (int handle = Handles.NOTHING; handle <= Handles.REFUSED; handle++) {
                if (handle == Handles.GONE) {
                    router.register(handle, withdrawals);
                } else if (handle == Handles.LEASE) {
                    // who leases is trusted to do it well
                    router.register(handle, fromBelow ? new Leases(router) : new Checked(Handler.ANCESTORS));
                } else {
                    boolean down = handle == Handles.CALL || handle == Handles.PUSH || handle == Handles.SHUTDOWN;
                    router.register(handle, new Checked(down ? Handler.ANCESTORS : Handler.ANYONE));
                }
            }
            int first = router.register(new Checked(CHILD));
            check(first == WAITING_FOR_CHILD, "the seeds use this handle");
            router.register(new Checked(SIBLING));
            router.register(new Checked(0));
            router.register(new Checked(Handler.ANYONE));
        }

        void feed(byte[] data, int piece) {
            FuzzLink from = fromBelow ? child : up;
            from.feed(data, 1, piece);
            long held = 0;
            for (Router.Partial partial : router.partials.values()) {
                held += partial.bytes.length;
            }
            check(held <= 17L * data.length, "holds " + held + " bytes of " + data.length);
            check(!sibling.lost, "a sibling's link ended");
            check(fromBelow ? up == null || !up.lost : !child.lost, "the other side's link ended");
            for (Message m : sibling.frames()) {
                checkPassed(m);
                check(!fromBelow || m.source == router.id() || m.handle >= Handles.DYNAMIC, "a sibling got " + m);
            }
            if (up != null && fromBelow) {
                up.frames().forEach(this::checkPassed);
            }
            refused.report(Long.MAX_VALUE);
            from.end("over");
            for (Long key : router.partials.keySet()) {
                check(!from.covers((int) (key >> 32)), "holds a message of who is gone");
            }
        }

        /** Only what the child may say, or this context says itself. */
        private void checkPassed(Message m) {
            if (fromBelow) {
                boolean itself = m.source == router.id();
                check(itself || child.covers(m.source) && child.covers(m.authority), "passed on " + m);
            }
            check(m.total <= FuzzLink.MAX_MESSAGE && m.body.length <= m.total, "passed on " + m);
        }

        @Override
        public void lost(Link link, String reason) {
            refused.lost(link);
            withdrawals.lost(link, reason);
        }

        @Override
        public void refused(Link link, Message message, String why) {
            check(link == (fromBelow ? child : up), "blames another: " + why);
            if (!link.isUp() && router.id() != 0) {
                refused.add(link, why, 0);
            }
        }

        @Override
        public String passing(Link from, Link to, Message message) {
            return passage.passing(from, to, message);
        }

        @Override
        public void gone(Link from, int[] blocks, String reason, byte[] body) {
            for (int i = 0; fromBelow && i < blocks.length; i += 2) {
                check(from.covers(blocks[i]) && from.covers(blocks[i + 1]), "withdrew " + blocks[i]);
            }
            withdrawals.passOn(from, blocks, body);
        }

        private final class Checked extends Handler {
            Checked(int peer) {
                super(peer);
            }

            @Override
            public void handle(Message m) {
                if (m.source == router.id() && !fromBelow) {
                    return; // sent back to where the parent says that it came from
                }
                check(m.destination == router.id(), "delivered " + m);
                check(m.body.length == m.total, "delivered a part of " + m);
                check(peer < 0 || m.authority == peer, "delivered " + m);
                check(peer != ANCESTORS || router.isAncestor(m.source), "delivered " + m);
                if (fromBelow) {
                    check(child.covers(m.source) && child.covers(m.authority), "delivered " + m);
                }
            }
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
