package io.econtext.sim;

import io.econtext.core.Message;
import io.econtext.core.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree of simulated contexts, what they say to each other, and what befalls them.
 *
 * <p>For the thread of the simulation.
 */
final class World {
    private static final long BUSY = 40 * Simulation.SECOND;
    private static final long CALM = 2 * Waiter.DEADLINE;
    private static final long SEEN = 5 * Node.HEARTBEAT;
    private static final int[] PRIORITIES = {Message.CONTROL, Message.NORMAL, Message.NORMAL, Message.BULK};
    private static final int UNKNOWN_HANDLE = 7777;

    final Simulation sim;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Node> byId = new HashMap<>();
    private final Set<Integer> delivered = new HashSet<>();
    private final Map<Integer, Integer> intended = new HashMap<>();
    private int numbers;
    private int streams;
    private boolean over;

    World(Simulation sim, int contexts) {
        this.sim = sim;
        add(new Node(this, null, 0, Integer.MAX_VALUE));
        while (nodes.size() < contexts) {
            grow();
        }
    }

    private void add(Node node) {
        nodes.add(node);
        byId.put(node.id, node);
    }

    private void grow() {
        Node parent = any();
        if (parent.isAlive() && parent.mayHaveChildren()) {
            add(parent.connect());
        }
    }

    Node node(int id) {
        return byId.get(id);
    }

    boolean isOver() {
        return over;
    }

    /** Everybody talks while things go wrong; then it is calm, and everybody talks to everybody once more. */
    void live(int requests, int faults) {
        for (int i = 0; i < requests; i++) {
            sim.after((long) (sim.random.nextDouble() * BUSY), sim.chance(90) ? this::request : this::stream);
        }
        for (int i = 0; i < faults; i++) {
            sim.after((long) (sim.random.nextDouble() * BUSY), this::fault);
        }
        for (int i = 0; i < requests / 20; i++) {
            sim.after((long) (sim.random.nextDouble() * BUSY), this::uneasiness);
        }
        sim.after(BUSY + CALM, this::talkToEverybody);
        sim.after(BUSY + 2 * CALM, () -> over = true);
        sim.run();
        for (Node node : nodes) {
            if (node.isAlive()) {
                node.check();
            }
        }
    }

    private Node any() {
        return nodes.get(sim.random.nextInt(nodes.size()));
    }

    private void request() {
        Node from = any();
        if (from.isAlive()) {
            if (sim.chance(10)) {
                requestInVain(from);
            } else {
                request(from, any(), size(), size());
            }
        }
    }

    private void request(Node from, Node to, int size, int wanted) {
        int number = ++numbers;
        intended.put(number, to.id);
        Waiter waiter = new Waiter(from, number, to.id, to, to.isAlive() ? null : Router.NO_CONTEXT + to.id);
        waiter.send(Node.ECHO, PRIORITIES[sim.random.nextInt(PRIORITIES.length)], size, wanted);
    }

    /** To a handle that isn't there, or a context that never was. */
    private void requestInVain(Node from) {
        Node to = any();
        if (sim.chance(50)) {
            new Waiter(from, ++numbers, to.id, to, Router.NO_HANDLE + UNKNOWN_HANDLE)
                    .send(UNKNOWN_HANDLE, Message.NORMAL, size(), 0);
        } else if (to.last > to.id) {
            // Sent down, it ends where it should be below; sent up from there, one higher.
            boolean up = to.parent != null && from.id >= to.id && from.id <= to.last;
            int nobody = to.last;
            new Waiter(from, ++numbers, nobody, up ? to.parent : to, Router.NO_CONTEXT + nobody)
                    .send(Node.ECHO, Message.NORMAL, size(), 0);
        }
    }

    private int size() {
        return sim.chance(10) ? sim.random.nextInt(200_000) : sim.random.nextInt(200);
    }

    /** Numbered messages in bursts. */
    private void stream() {
        Node from = any();
        Node to = any();
        int stream = ++streams;
        int[] next = {0};
        for (int burst = 1 + sim.random.nextInt(4); burst > 0; burst--) {
            sim.after(sim.some(Simulation.SECOND), () -> {
                for (int i = sim.random.nextInt(6); i > 0 && from.isAlive(); i--) {
                    byte[] body = new Payload(next[0]++, to.id, stream).bytes(size());
                    from.router.send(from.router.message(Message.BULK, to.id, Node.STREAM, 0, body));
                }
            });
        }
    }

    private void fault() {
        Node node = any();
        switch (sim.random.nextInt(4)) {
            case 0:
                if (node.wire != null) {
                    node.wire.cut();
                }
                break;
            case 1:
                if (node.wire != null) {
                    node.wire.fallSilent();
                }
                break;
            case 2:
                if (node.parent != null) {
                    node.die();
                }
                break;
            default:
                grow();
        }
    }

    private void uneasiness() {
        Node node = any();
        if (node.wire != null) {
            node.wire.stall(sim.some(Node.HEARTBEAT));
        }
    }

    private void talkToEverybody() {
        for (Node from : nodes) {
            for (Node to : nodes) {
                if (from.isAlive()) {
                    request(from, to, 10, 10);
                }
            }
        }
    }

    void delivered(Node at, Payload payload) {
        if (payload.destination != at.id || !Integer.valueOf(at.id).equals(intended.get(payload.number))) {
            sim.fail("message %d for %d came to %d", payload.number, payload.destination, at.id);
        }
        if (!delivered.add(payload.number)) {
            sim.fail("message %d was delivered twice", payload.number);
        }
    }

    boolean wasDelivered(int number) {
        return delivered.contains(number);
    }

    /** Whether nothing has happened yet to anyone or anything on the way from one to the other. */
    boolean isHealthy(Node from, Node to) {
        Node a = from;
        Node b = to;
        while (a != b) {
            Node deeper = a.depth >= b.depth ? a : b;
            if (!deeper.isAlive() || deeper.wire.faultAt <= sim.now()) {
                return false;
            }
            a = deeper == a ? a.parent : a;
            b = deeper == b ? b.parent : b;
        }
        return a.isAlive();
    }

    /**
     * Whether something happened on the way from one to the other that the first can't see at its own links, which have not
     * been lost themselves for so long that it must have seen that.
     */
    boolean mayGoUntold(Node from, Node to) {
        if (from == to) {
            return false;
        }
        Node next = to;
        while (next != null && next.parent != from) {
            next = next.parent;
        }
        SimWire own = next == null ? from.wire : next.wire;
        next = next == null ? from.parent : next;
        return Math.min(own.faultAt, next.diedAt) > sim.now() - SEEN && !isHealthy(next, to);
    }

    /** The neighbour to whom messages for {@code to} go first, as things are now. */
    Node nextHop(Node from, int to) {
        for (Node child : nodes) {
            if (child.parent == from && to >= child.id && to <= child.last && !from.hasLost(child.wire)) {
                return child;
            }
        }
        return from.parent;
    }
}
