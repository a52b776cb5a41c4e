package io.econtext.sim;

import io.econtext.core.Message;
import io.econtext.core.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tree of simulated contexts, and what an observer who sees everything at once knows of it.
 *
 * <p>For the thread of the simulation.
 */
final class World {
    static final int MOST_CONTEXTS = 50;
    private static final int DEEPEST = 8;

    /** How long the word of a loss may take from one context to the next: the duty's thread, and the way. */
    private static final long HOP = 5 * Simulation.SECOND / 2;

    /** How long it takes until all have been told what happened. */
    private static final long SPREAD = 10 * HOP;

    private static final long SETTLE = 5 * Simulation.SECOND;
    private static final long UNSETTLED = 1000 * Simulation.SECOND;
    private static final int SMALL = 10;
    private static final String ALREADY_GONE = ", which is gone: ";
    static final String SIBLING = "may talk to ancestors and descendants only, not to ";

    final Simulation sim;
    final boolean unidirectional;
    final byte[] buffer = new byte[Message.HEADER + Message.FRAGMENT];
    final Controller controller;
    /** For which links were lost. */
    final Set<String> reasons = new HashSet<>();

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Node> byId = new HashMap<>();
    private final Set<Integer> delivered = new HashSet<>();
    private final Map<Integer, Integer> intended = new HashMap<>();
    private final Map<Integer, Integer> refused = new HashMap<>();
    final Map<Integer, Integer> lies = new HashMap<>();
    private int numbers;
    private int most;
    private long uneasyUntil;
    private boolean flooded;
    private boolean growing = true;
    private boolean quiet;
    private boolean over;

    World(Simulation sim) {
        this.sim = sim;
        unidirectional = sim.chance(15);
        controller = new Controller(this);
        add(controller);
    }

    private void add(Node node) {
        nodes.add(node);
        byId.put(node.id, node);
    }

    /** So many are known to be up. */
    void tree(int size) {
        most = Math.max(most, size);
    }

    /** Starts so many contexts, then lets things happen, then checks that all is well again. */
    void live(int contexts, int requests, int faults) {
        new Traffic(this, requests).begin();
        new Faults(this, faults).begin();
        boolean deep = sim.chance(20);
        for (int i = 1; i < contexts; i++) {
            controller.after(sim.anyOf(Faults.FROM), () -> grow(deep));
        }
        sim.after(Faults.UNTIL, () -> growing = false);
        sim.after(Faults.UNTIL + SETTLE, () -> settle(UNSETTLED, 0, this::quiet));
        sim.run();
        sim.totals.tree(most);
    }

    private void grow(boolean deep) {
        Node parent = controller;
        for (int id : controller.up) {
            Node node = byId.get(id);
            if (node.depth < DEEPEST && sim.chance(deep ? 70 : 30)) {
                parent = node;
            }
        }
        controller.start(parent);
    }

    /** Has another context started in the place of one that is gone. */
    void reconnect(Node gone) {
        if (growing) {
            sim.totals.count("reconnects");
            controller.start(controller.up.contains(gone.parent.id) ? gone.parent : controller);
        }
    }

    void boot(Node parent, int id) {
        sim.note("%d starts %d", parent.id, id);
        Node child = new Node(this, parent, id);
        SimWire wire = new SimWire(parent, child);
        add(child);
        parent.attach(wire.down);
        child.isUp(wire);
    }

    /** Whether nothing happens any more, and all know what happened. */
    boolean isQuiet() {
        return quiet;
    }

    boolean isOver() {
        return over;
    }

    /** {@code null} if no such context ever was. */
    Node node(int id) {
        return byId.get(id);
    }

    List<Node> nodes() {
        return nodes;
    }

    Node any() {
        return sim.oneOf(nodes);
    }

    /** Waits until everybody knows what happened, and all who wait have their outcome. */
    private void settle(long patience, long settled, Runnable then) {
        String unsettled = unsettled();
        if (unsettled == null && settled > SPREAD) {
            then.run();
        } else if (patience > 0) {
            sim.after(SETTLE, () -> settle(patience - SETTLE, unsettled == null ? settled + SETTLE : 0, then));
        } else {
            sim.fail("never settles: %s", unsettled);
            over = true;
        }
    }

    private String unsettled() {
        Set<Integer> living = new TreeSet<>();
        for (Node node : nodes) {
            if (node.isAlive()) {
                living.add(node.id);
                if (node.isBroken() || node.isEnding() || node.isPaused()) {
                    return node + " is cut off, paused or about to end";
                }
                if (!node.waiters().isEmpty()) {
                    return node.waiters().toString();
                }
            }
        }
        living.remove(0);
        return living.equals(controller.up) ? null : "living: " + living + ", known: " + controller.up;
    }

    /** Now everybody can talk to everybody, and who is gone is known to be gone. */
    private void quiet() {
        sim.note("all is quiet");
        quiet = true;
        for (Node from : nodes) {
            for (int id = 0; from.isAlive() && id <= controller.nobody(); id++) {
                request(from, id, Node.ECHO, Message.NORMAL, SMALL, SMALL, 0);
            }
        }
        settle(UNSETTLED, 0, () -> {
            over = true;
            check();
        });
    }

    private void check() {
        for (Node node : nodes) {
            if (node.isAlive()) {
                node.check();
            }
        }
        refused.forEach((child, times) -> {
            int known = controller.reported.getOrDefault(child, 0);
            if (known > times || known < times && !isCut(controller, child)) {
                sim.fail("%d was refused %d times, the controller knows of %d", child, times, known);
            }
        });
    }

    /** A request that wants an answer. */
    void request(Node from, int to, int handle, int priority, int size, int wanted, long deadline) {
        int number = ++numbers;
        intended.put(number, to);
        new Waiter(from, number, to, natural(from, to)).send(handle, priority, size, wanted, deadline);
    }

    /** One that comes back for the reason given. */
    void requestInVain(Node from, int to, int handle, int size, String natural) {
        String why = natural(from, to);
        new Waiter(from, ++numbers, to, why == null ? natural : why).send(handle, Message.NORMAL, size, 0, 0);
    }

    private String natural(Node from, int to) {
        Node node = byId.get(to);
        if (node == null) {
            return Router.NO_CONTEXT + to;
        }
        if (unidirectional && !isBelow(from, node) && !isBelow(node, from) && isDecidedBefore(from, node)) {
            return SIBLING + to;
        }
        return node.isAlive() ? null : Router.NO_CONTEXT + to + (quiet && from != controller ? ALREADY_GONE : "");
    }

    /** Whether, where the ways of two part, a context lives by which one leads on. */
    private boolean isDecidedBefore(Node from, Node to) {
        Node next = to;
        while (!isBelow(from, next.parent)) {
            next = next.parent;
        }
        return !next.isBroken();
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

    void refused(Node by, int child, String why) {
        if (unidirectional && why.startsWith(SIBLING)) {
            lies.merge(child, 1, Integer::sum);
        }
        refused.merge(child, 1, Integer::sum);
        if (refused.get(child) > lies.getOrDefault(child, 0)) {
            sim.fail("%d refused %d, which told no lie: %s", by.id, child, why);
        }
    }

    /** So much was sent that messages may find no room. */
    void flooded() {
        flooded = true;
    }

    boolean isFlooded() {
        return flooded;
    }

    /** Something is held up for so long. */
    void uneasy(long nanos) {
        uneasyUntil = Math.max(uneasyUntil, sim.now() + nanos);
    }

    /** Whether something was held up less than so long ago. */
    boolean isUneasy(long nanos) {
        return uneasyUntil + nanos > sim.now();
    }

    boolean isBelow(Node node, Node top) {
        Node n = node;
        while (n.depth > top.depth) {
            n = n.parent;
        }
        return n == top;
    }

    /** Whether a wire is on the way from one of its ends to a context. */
    boolean isOnTheWay(SimWire wire, Node end, int to) {
        Node node = byId.get(to);
        return end == wire.child
                ? node == null || !isBelow(node, wire.child)
                : node != null && isBelow(node, wire.child);
    }

    /** Whether one can't reach the other: it is gone or was never there, or something on the way was cut or is lost. */
    boolean isCut(Node from, int to) {
        Node node = byId.get(to);
        return node == null || !isIntact(from, node);
    }

    boolean isIntact(Node from, Node to) {
        Node a = from;
        Node b = to;
        while (a != b) {
            Node deeper = a.depth >= b.depth ? a : b;
            if (deeper.isBroken()) {
                return false;
            }
            if (deeper == a) {
                a = a.parent;
            } else {
                b = b.parent;
            }
        }
        return a.isAlive();
    }

    /** A context found a wire to be lost: soon all must know who can be told and wait for something behind it. */
    void isLost(Node loser, SimWire wire) {
        sim.totals.count("links lost");
        if (quiet) {
            sim.fail("%d lost %s when all was quiet", loser.id, wire);
        }
        mustBeLost(wire);
        for (Node node : nodes) {
            if (!node.waiters().isEmpty() && node != loser && node.isAlive() && isIntact(node, loser)) {
                for (Waiter waiter : node.waiters()) {
                    if (isOnTheWay(wire, loser, waiter.destination)) {
                        waiter.mustBeTold(loser, wire, (1 + distance(node, loser)) * HOP);
                    }
                }
            }
        }
    }

    private int distance(Node from, Node to) {
        int hops = 0;
        Node a = from;
        Node b = to;
        while (a != b) {
            if (a.depth >= b.depth) {
                a = a.parent;
            } else {
                b = b.parent;
            }
            hops++;
        }
        return hops;
    }

    /** Something happened to a wire: whoever is at its ends must find out in time. */
    void mustBeLost(SimWire wire) {
        sim.after(Node.SILENCE, wire::check);
    }
}
