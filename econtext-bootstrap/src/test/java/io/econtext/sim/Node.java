package io.econtext.sim;

import io.econtext.core.Handler;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A simulated context: a router, links, a heart, and two things that others can use: one that answers and one that takes
 * what comes in order.
 *
 * <p>For the thread of the simulation.
 */
final class Node implements Router.Watcher {
    static final int ECHO = 100;
    static final int STREAM = 101;
    static final long HEARTBEAT = 5 * Simulation.SECOND;
    static final int MAX_DEPTH = 4;
    private static final int CHILDREN = 20;
    private static final int HANDLES = 2;

    final Simulation sim;
    final World world;
    final int id;
    final int last;
    final Node parent;
    final int depth;
    final Router router;
    /** The wire to the parent. */
    SimWire wire;

    long diedAt = Long.MAX_VALUE;
    private final List<SimWire.End> links = new ArrayList<>();
    private final Map<String, Integer> streams = new HashMap<>();
    /** The neighbour to whom the link was lost last. */
    Node losing;

    private final Set<Waiter> waiters = new HashSet<>();
    private int children;

    Node(World world, Node parent, int id, int last) {
        this.world = world;
        this.sim = world.sim;
        this.parent = parent;
        this.id = id;
        this.last = last;
        depth = parent == null ? 0 : parent.depth + 1;
        router = new Router(id, ancestors(), this);
        router.register(ECHO, new Echo());
        router.register(STREAM, new Stream());
        sim.after(sim.some(Simulation.SECOND), this::beat);
    }

    private int[] ancestors() {
        int[] ancestors = new int[depth];
        Node up = parent;
        for (int i = 0; i < depth; i++, up = up.parent) {
            ancestors[i] = up.id;
        }
        return ancestors;
    }

    boolean isAlive() {
        return diedAt > sim.now();
    }

    boolean mayHaveChildren() {
        return depth < MAX_DEPTH && children < CHILDREN - 1;
    }

    /** Starts a child, which gets a part of this context's ids. */
    Node connect() {
        int block = 1;
        for (int d = depth + 1; d < MAX_DEPTH; d++) {
            block *= CHILDREN;
        }
        int first = id + 1 + children++ * block;
        Node child = new Node(world, this, first, first + block - 1);
        child.wire = new SimWire(sim, this, child, first, first + block - 1);
        attach(child.wire.down);
        child.attach(child.wire.up);
        sim.note("%d starts %d", id, first);
        return child;
    }

    private void attach(SimWire.End link) {
        links.add(link);
        router.add(link);
    }

    private void beat() {
        if (isAlive() && !world.isOver()) {
            for (SimWire.End link : new ArrayList<>(links)) {
                link.beat(sim.now(), HEARTBEAT);
            }
            sim.after(Simulation.SECOND + sim.some(100 * Simulation.MILLI), this::beat);
        }
    }

    /** Ends without a word; its neighbours see their streams end. */
    void die() {
        if (isAlive()) {
            sim.note("%d dies", id);
            diedAt = sim.now();
            for (SimWire.End link : links) {
                link.hangUp();
            }
        }
    }

    @Override
    public void lost(Link link, String reason) {
        SimWire.End end = (SimWire.End) link;
        SimWire lost = end.wire();
        sim.note("%d loses %s: %s", id, lost, reason);
        Node neighbour = lost.parent == this ? lost.child : lost.parent;
        losing = neighbour;
        sim.after(0, () -> forget(end, neighbour));
        if (lost.faultAt > sim.now() && neighbour.isAlive() && !neighbour.hasLost(lost)) {
            sim.fail("%d lost a healthy %s: %s", id, lost, reason);
        }
        if (link == (wire == null ? null : wire.up)) {
            // As contexts do whose parent is gone, some later than others.
            sim.after(sim.some(3 * Simulation.SECOND), this::die);
        }
    }

    /** Everyone who waits for something behind it has been told by now. */
    private void forget(SimWire.End end, Node neighbour) {
        for (Waiter waiter : waiters) {
            waiter.linkLost(neighbour);
        }
        waiters.removeIf(Waiter::isDone);
        for (int source : Unfinished.sources(router)) {
            if (world.nextHop(this, source) == neighbour) {
                sim.fail("%d lost the link to %d and kept half a message of %d", id, neighbour.id, source);
            }
        }
        links.remove(end);
    }

    void waits(Waiter waiter) {
        waiters.add(waiter);
    }

    boolean hasLost(SimWire other) {
        return !links.contains(other.down) && !links.contains(other.up);
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return null;
    }

    @Override
    public void refused(Link link, Message message, String why) {
        sim.fail("%d refused %s: %s", id, message, why);
    }

    /** Says what is left behind where nothing should be. */
    void check() {
        if (router.handles() != HANDLES) {
            sim.fail("%d has %d handles left", id, router.handles() - HANDLES);
        }
        for (int source : Unfinished.sources(router)) {
            if (world.node(source) == null || world.isHealthy(this, world.node(source))) {
                sim.fail("%d has half a message of %d, which is well", id, source);
            }
        }
    }

    @Override
    public String toString() {
        return Integer.toString(id);
    }

    /** Answers, some time later, with as many bytes as asked for. */
    private final class Echo extends Handler {
        Echo() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            Payload payload = Payload.read(m.body);
            world.delivered(Node.this, payload);
            if (m.replyTo != 0) {
                sim.after(sim.some(2 * Simulation.SECOND), () -> {
                    if (isAlive()) {
                        byte[] body = new Payload(payload.number, id, 0).bytes(payload.wanted);
                        router.send(router.message(Message.NORMAL, m.source, m.replyTo, 0, body));
                    }
                });
            }
        }
    }

    /** Takes numbered messages of streams. */
    private final class Stream extends Handler {
        Stream() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            Payload payload = Payload.read(m.body);
            String stream = m.source + "/" + payload.wanted;
            int expected = streams.getOrDefault(stream, 0);
            if (payload.number != expected || payload.destination != id) {
                sim.fail("%d got number %d of stream %s instead of %d", id, payload.number, stream, expected);
            }
            streams.put(stream, expected + 1);
        }
    }
}
