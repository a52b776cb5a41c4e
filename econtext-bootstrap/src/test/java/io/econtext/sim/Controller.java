package io.econtext.sim;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The context that all others descend from: it allots the ids, has contexts started, and knows who is up.
 *
 * <p>For the thread of the simulation.
 */
final class Controller extends Node {
    private static final long BACK_OFF = 5 * Simulation.SECOND;

    /** Who said hello and was not told to be gone. */
    final Set<Integer> up = new TreeSet<>();
    /** How often each was refused something, as far as that was reported. */
    final Map<Integer, Integer> reported = new HashMap<>();

    private static final int BLOCK = 8;

    /** The first and the last of the ids that are leased to a context and not used. */
    private final Map<Node, int[]> blocks = new LinkedHashMap<>();

    private int ids;

    Controller(World world) {
        super(world, null, 0);
        becomeParent();
        register(Handles.HELLO, new FromContext());
        register(Handles.REFUSED, new FromContext());
    }

    /** The next id, which no context has yet. */
    int nobody() {
        return ids + 1;
    }

    /** Has a child of {@code at} started. */
    void start(Node at) {
        int child = at == this ? ++ids : leased(at);
        sim.note("%d is to be started by %d", child, at.id);
        if (at == this) {
            after(sim.some(2 * Simulation.SECOND), () -> world.boot(this, child));
        } else {
            world.request(this, at.id, START, Message.NORMAL, 0, child, 0);
        }
    }

    /** An id for a child of another: one by one, or of a block of its own. */
    private int leased(Node at) {
        int[] block = blocks.get(at);
        if (block == null || block[0] > block[1]) {
            int first = ids + 1;
            ids += sim.chance(50) ? 1 : BLOCK;
            block = new int[] {first, ids};
            blocks.put(at, block);
            leases.grant(at.id, first, ids);
        }
        return block[0]++;
    }

    @Override
    public void lost(Link link, String reason) {
        super.lost(link, reason);
        forget(link.leased);
    }

    @Override
    public void gone(Link from, int[] blocks, String reason, byte[] body) {
        super.gone(from, blocks, reason, body);
        forget(blocks);
    }

    private void forget(int[] blocks) {
        for (int id : up.toArray(new Integer[0])) {
            if (Link.contains(blocks, id)) {
                up.remove(id);
                if (!world.node(id).isBroken() && world.isIntact(this, world.node(id))) {
                    sim.fail("the controller was told that %d is gone", id);
                }
                if (sim.chance(60)) {
                    after(sim.some(BACK_OFF), () -> world.reconnect(world.node(id)));
                }
            }
        }
    }

    @Override
    void refuse(Link link, String why) {
        reported.merge(link.first, 1, Integer::sum);
    }

    private final class FromContext extends Handler {
        FromContext() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            if (m.handle == Handles.HELLO) {
                sim.note("%d says hello", m.source);
                up.add(m.source);
                world.tree(up.size() + 1);
            } else {
                int child = Message.getInt(m.body, 0);
                if (world.node(child).parent.id != m.source) {
                    sim.fail("%d reports a child of another", m.source);
                }
                reported.merge(child, Message.getInt(m.body, 4), Integer::sum);
            }
        }
    }
}
