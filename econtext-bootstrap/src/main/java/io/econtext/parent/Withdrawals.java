package io.econtext.parent;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells those who may wait for contexts that these are gone: the parent always, and every neighbour by whom something
 * was ever sent to one of them. Where the link to the parent is gone, that is everything above.
 *
 * <p>Takes the same word from neighbours; from below, for ids only that are leased to what is behind that very link.
 * Safe for any thread.
 */
public final class Withdrawals extends Handler {
    public static final String NOT_LEASED = "withdraws contexts that aren't its own";

    private static final String MALFORMED = "sent a malformed withdrawal";
    private static final int MAX_REASON = 4096;
    /** How many destinations are remembered for a link; where there were more, it is told of all losses. */
    private static final int MAX_DESTINATIONS = 4096;

    private static final int MAX_LOSSES = 1000;

    private final Router router;
    private final Listener listener;
    final PerLink sentTo = new PerLink();
    /** Who went, by what a neighbour said. */
    private final PerLink ends = new PerLink();
    /** The newest, by age; guarded by itself. */
    private final ArrayDeque<Loss> losses = new ArrayDeque<>();

    public Withdrawals(Router router, Listener listener) {
        super(ANYONE);
        this.router = router;
        this.listener = listener;
    }

    /** A message came by {@code from} that goes to {@code destination}. */
    public void sent(Link from, int destination) {
        if (from.isUp()) {
            return; // the parent is told of all losses
        }
        Set<Integer> destinations = sentTo.of(from);
        if (destinations.size() < MAX_DESTINATIONS) {
            destinations.add(destination);
        }
    }

    /** Why a context is gone that was here, or {@code null}. */
    public String why(int id) {
        synchronized (losses) {
            // the oldest is the true one: what was gone goes once more with what it was behind
            for (Loss loss : losses) {
                if (loss.first <= id && id <= loss.last) {
                    return Router.NO_CONTEXT + id + ", which is gone: " + loss.reason;
                }
            }
        }
        return null;
    }

    /** The link to a child is gone; its own waiters are woken by the router. */
    public void lost(Link link, String reason) {
        sentTo.remove(link);
        ends.remove(link);
        tell(link, link.leased, cut(reason));
    }

    /**
     * The link to the parent is gone, and with it all that isn't behind a link that is left.
     *
     * @param left the links to the children
     */
    public void cutOff(Link up, Collection<? extends Link> left, String reason) {
        int[] blocks = outside(left);
        passOn(up, blocks, body(blocks, cut(reason)));
    }

    /** All ids but this context's own and those that are leased to these links. */
    private int[] outside(Collection<? extends Link> links) {
        TreeMap<Integer, Integer> inside = new TreeMap<>();
        inside.put(router.id(), router.id());
        for (Link link : links) {
            int[] leased = link.leased;
            for (int i = 0; i < leased.length; i += 2) {
                inside.put(leased[i], leased[i + 1]);
            }
        }
        int[] blocks = new int[2 * inside.size() + 2];
        int n = 0;
        int next = 0;
        for (Map.Entry<Integer, Integer> block : inside.entrySet()) {
            if (block.getKey() > next) {
                blocks[n++] = next;
                blocks[n++] = block.getKey() - 1;
            }
            next = block.getValue() + 1;
        }
        blocks[n++] = next;
        blocks[n++] = Integer.MAX_VALUE;
        return Arrays.copyOf(blocks, n);
    }

    @Override
    public void handle(Message m) {
        Link from = router.route(m.source);
        long number = m.body.length < 4 ? -1 : Message.getInt(m.body, 0);
        if (from == null || number < 0 || number > (m.body.length - 4) / 8) {
            router.watcher.refused(from, m, MALFORMED);
        } else if (from.isUp() ? m.source != router.parent() : m.source != from.first || !owns(from, m.body, number)) {
            router.watcher.refused(from, m, NOT_LEASED);
        } else {
            int[] blocks = Router.blocks(m.body);
            // what went goes again when a start is given up then; everybody knows it by now
            if (number > 0 && (from.isUp() || ends.of(from).add(blocks[0]))) {
                String reason = cut(Router.reason(m.body, blocks));
                tell(from, blocks, reason);
                router.gone(blocks, reason);
            }
        }
    }

    /** Whether all are leased to what is behind a link, but for the neighbour itself, which goes by the end of the link. */
    private static boolean owns(Link link, byte[] body, long number) {
        if (number > Leases.number(link)) {
            return false;
        }
        int[] blocks = Router.blocks(body);
        int[] leased = link.leased;
        int before = link.first;
        for (int i = 0; i < blocks.length; i += 2) {
            boolean owned = false;
            for (int j = 0; j < leased.length; j += 2) {
                owned |= blocks[i] >= leased[j] && blocks[i + 1] <= leased[j + 1];
            }
            if (!owned || blocks[i] <= before || blocks[i + 1] < blocks[i]) {
                return false;
            }
            before = blocks[i + 1];
        }
        return true;
    }

    private void tell(Link from, int[] blocks, String reason) {
        synchronized (losses) {
            for (int i = 0; i < blocks.length; i += 2) {
                if (losses.size() == MAX_LOSSES) {
                    losses.remove();
                }
                losses.add(new Loss(blocks[i], blocks[i + 1], reason));
            }
        }
        listener.gone(from, blocks, reason, body(blocks, reason));
    }

    /** Passes the word on, to all neighbours that it concerns but {@code from}. */
    public void passOn(Link from, int[] blocks, byte[] body) {
        for (Map.Entry<Link, Set<Integer>> entry : sentTo.entries()) {
            Link link = entry.getKey();
            if (link != from && !link.isUp() && concerns(entry.getValue(), blocks)) {
                send(link.first, body);
            }
        }
        if (router.id() != 0 && !from.isUp()) {
            send(router.parent(), body);
        }
    }

    private void send(int neighbour, byte[] body) {
        router.send(router.message(Message.CONTROL, neighbour, Handles.GONE, 0, body));
    }

    private static boolean concerns(Set<Integer> destinations, int[] blocks) {
        if (destinations.size() >= MAX_DESTINATIONS) {
            return true;
        }
        for (int destination : destinations) {
            if (Link.contains(blocks, destination)) {
                return true;
            }
        }
        return false;
    }

    static byte[] body(int[] blocks, String reason) {
        byte[] text = Text.bytes(reason);
        byte[] body = new byte[4 + 4 * blocks.length + text.length];
        Message.putInt(body, 0, blocks.length / 2);
        for (int i = 0; i < blocks.length; i++) {
            Message.putInt(body, 4 + 4 * i, blocks[i]);
        }
        System.arraycopy(text, 0, body, body.length - text.length, text.length);
        return body;
    }

    private static String cut(String reason) {
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    }

    /** Learns of contexts that are gone, on a link's thread; must not block, and has the word passed on soon. */
    public interface Listener {
        void gone(Link from, int[] blocks, String reason, byte[] body);
    }

    static final class Loss {
        final int first;
        final int last;
        final String reason;

        Loss(int first, int last, String reason) {
            this.first = first;
            this.last = last;
            this.reason = reason;
        }
    }
}
