package io.econtext.sim;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.core.Unfinished;
import io.econtext.parent.Leases;
import io.econtext.parent.Passage;
import io.econtext.parent.Refused;
import io.econtext.parent.Remembered;
import io.econtext.parent.Withdrawals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A simulated context: a router, links, a heart, the duties of a parent from its first child on, and two things that others
 * can use: one that answers and one that takes what comes in order.
 *
 * <p>For the thread of the simulation.
 */
class Node implements Router.Watcher, Withdrawals.Listener {
    static final int ECHO = 1 << 20;
    static final int STREAM = ECHO + 1;
    /** Starts a child. */
    static final int START = 100;

    static final long HEARTBEAT = 5 * Simulation.SECOND;
    /** Nobody may give up a neighbour that was held up for no longer, everybody must do so after so much silence. */
    static final long SHORT = HEARTBEAT * 6 / 5;

    static final long SILENCE = HEARTBEAT * 13 / 2;

    private static final long GRACE = 3 * Simulation.SECOND;
    private static final long LAST = 500 * Simulation.MILLI;
    private static final long TELL = Simulation.SECOND;

    final Simulation sim;
    final World world;
    final int id;
    /** {@code null} for the controller. */
    final Node parent;

    final int depth;
    final Router router;
    /** The wire to the parent. */
    SimWire wire;

    long goneAt = Simulation.NEVER;
    long pausedAt = Simulation.NEVER;
    long heldUpUntil;
    private final List<SimWire.End> links = new ArrayList<>();
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private final Map<String, Integer> streams = new HashMap<>();
    private final Map<Integer, String> goodbyes = new HashMap<>();
    private List<Runnable> backlog;
    private boolean ending;
    private int handles;

    final Leases leases;
    private Withdrawals withdrawals;
    private Passage passage;
    private Refused refused;
    private long tellAt;

    Node(World world, Node parent, int id) {
        this.world = world;
        this.parent = parent;
        this.id = id;
        sim = world.sim;
        depth = parent == null ? 0 : parent.depth + 1;
        router = new Router(id, ancestors(), this);
        leases = new Leases(router);
        router.register(ECHO, new Echo());
        router.register(STREAM, new Stream());
        handles = 2;
        after(sim.some(Simulation.SECOND), this::beat);
    }

    private int[] ancestors() {
        int[] ancestors = new int[depth];
        Node up = parent;
        for (int i = 0; i < depth; i++, up = up.parent) {
            ancestors[i] = up.id;
        }
        return ancestors;
    }

    final void register(int handle, Handler handler) {
        router.register(handle, handler);
        handles++;
    }

    /** It is up, on a wire to its parent, and says so. */
    void isUp(SimWire toParent) {
        wire = toParent;
        attach(wire.up);
        register(Handles.GONE, router.new Gone());
        register(Handles.SHUTDOWN, new Shutdown());
        register(START, new Start());
        router.send(router.message(Message.CONTROL, router.controller(), Handles.HELLO, 0, new byte[0]));
    }

    void attach(SimWire.End link) {
        links.add(link);
        router.add(link);
    }

    /** It is to have children. */
    final void becomeParent() {
        if (withdrawals == null) {
            withdrawals = new Withdrawals(router, this);
            passage = new Passage(router, withdrawals, world.unidirectional);
            refused = new Refused(router);
            if (router.replace(Handles.GONE, withdrawals) == null) {
                handles++;
            }
            register(Handles.LEASE, leases);
            register(Handles.GOODBYE, new Goodbye());
        }
    }

    /** What a child said for good, or {@code null}. */
    String goodbye(int child) {
        return goodbyes.get(child);
    }

    boolean isAlive() {
        return goneAt > sim.now();
    }

    boolean isEnding() {
        return ending;
    }

    boolean isPaused() {
        return backlog != null;
    }

    /** Whether it can't be reached from its parent any more, or will not be. */
    boolean isBroken() {
        return !isAlive() || wire != null && wire.isBroken();
    }

    List<SimWire.End> links() {
        return links;
    }

    /** Does something later, if it is alive then and as soon as it isn't held up. */
    void after(long nanos, Runnable action) {
        sim.after(nanos, () -> run(action));
    }

    void run(Runnable action) {
        if (backlog != null) {
            backlog.add(action);
        } else if (isAlive()) {
            action.run();
        }
    }

    /** It neither reads nor writes nor thinks, as a stopped process. */
    void pause(long nanos) {
        if (backlog == null && isAlive()) {
            sim.note("%d is paused for %d ms", id, nanos / Simulation.MILLI);
            backlog = new ArrayList<>();
            pausedAt = sim.now();
            heldUpUntil = sim.now() + nanos;
            world.uneasy(nanos);
            for (SimWire.End link : links) {
                link.wire().hush(nanos);
                world.mustBeLost(link.wire());
            }
            sim.after(nanos, this::resume);
        }
    }

    private void resume() {
        sim.note("%d goes on", id);
        List<Runnable> late = backlog;
        backlog = null;
        pausedAt = Simulation.NEVER;
        if (isAlive() && sim.chance(50)) {
            beatAll();
        }
        for (Runnable action : late) {
            run(action);
        }
    }

    private void beat() {
        if (!world.isOver()) {
            beatAll();
            after(Simulation.SECOND + sim.some(100 * Simulation.MILLI), this::beat);
        }
    }

    private void beatAll() {
        for (SimWire.End link : new ArrayList<>(links)) {
            link.beat(sim.now(), HEARTBEAT);
        }
        if (refused != null) {
            refused.report(sim.now());
        }
    }

    /** Ends without a word; its neighbours see their streams end. */
    void die() {
        if (isAlive()) {
            sim.note("%d dies", id);
            goneAt = sim.now();
            for (SimWire.End link : links) {
                link.hangUp();
                world.mustBeLost(link.wire());
            }
        }
    }

    /** Ends in good order: children first, with a goodbye. */
    private void end(String reason, long grace) {
        if (!ending) {
            ending = true;
            after(grace, () -> {
                tellChildren(0);
                after(LAST, () -> lastWords(reason));
            });
        }
    }

    private void lastWords(String reason) {
        for (SimWire.End link : links) {
            if (!link.isUp()) {
                link.neighbour.die();
            }
        }
        router.send(router.message(Message.LOG, parent.id, Handles.GOODBYE, 0, Text.bytes(reason)));
        after(sim.some(Simulation.SECOND), this::die);
    }

    private void tellChildren(long grace) {
        byte[] body = new byte[4];
        Message.putInt(body, 0, (int) (grace / Simulation.MILLI));
        for (SimWire.End link : links) {
            if (!link.isUp()) {
                router.send(router.message(Message.NORMAL, link.first, Handles.SHUTDOWN, 0, body));
            }
        }
    }

    @Override
    public void lost(Link link, String reason) {
        SimWire.End end = (SimWire.End) link;
        SimWire lost = end.wire();
        sim.note("%d loses %s: %s", id, lost, reason);
        world.reasons.add(reason);
        if (!lost.isBroken() && end.neighbour.isAlive() && !lost.mayBeGivenUp()) {
            sim.fail("%d lost a healthy %s: %s", id, lost, reason);
        }
        end.isLost();
        links.remove(end);
        world.isLost(this, lost);
        // Those who wait here are told next.
        Set<Waiter> waiting = new LinkedHashSet<>(waiters);
        sim.after(0, () -> checkTold(end, waiting));
        if (passage != null) {
            passage.lost(link);
        }
        if (link.isUp()) {
            long grace = sim.chance(70) ? sim.some(GRACE) : sim.anyOf(10 * GRACE);
            if (withdrawals != null) {
                withdrawals.cutOff(link, links, reason);
                tellChildren(grace);
            }
            end("the parent is gone: " + reason, grace);
        } else {
            refused.lost(link);
            withdrawals.lost(link, reason);
            if (sim.chance(70)) {
                sim.after(sim.some(Simulation.SECOND), end.neighbour::die);
            }
        }
    }

    private void checkTold(SimWire.End end, Set<Waiter> waiting) {
        for (Waiter waiter : waiting) {
            if (waiters.contains(waiter) && world.isOnTheWay(end.wire(), this, waiter.destination)) {
                sim.fail("%s: not told of the loss of %s", waiter, end.wire());
            }
        }
        for (int source : Unfinished.sources(router)) {
            if (world.isOnTheWay(end.wire(), this, source)) {
                sim.fail("%d lost %s and kept half a message of %d", id, end.wire(), source);
            }
        }
    }

    Set<Waiter> waiters() {
        return waiters;
    }

    @Override
    public void gone(Link from, int[] blocks, String reason, byte[] body) {
        tellAt = Math.max(tellAt, sim.now() + sim.some(TELL));
        after(tellAt - sim.now(), () -> withdrawals.passOn(from, blocks, body));
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return passage.passing(from, to, message);
    }

    @Override
    public void refused(Link link, Message message, String why) {
        sim.note("%d refuses %s: %s", id, message, why);
        if (link.isUp()) {
            sim.fail("%d refused its parent %s: %s", id, message, why);
            return;
        }
        world.refused(this, link.first, why);
        refuse(link, why);
    }

    void refuse(Link link, String why) {
        refused.add(link, why, sim.now());
    }

    /** Says what is left behind where nothing should be. */
    void check() {
        if (!waiters.isEmpty()) {
            sim.fail("%d: still waiting: %s", id, waiters);
        }
        if (router.handles() != handles) {
            sim.fail("%d has %d handles left", id, router.handles() - handles);
        }
        if (!Unfinished.sources(router).isEmpty()) {
            sim.fail("%d has half a message of %s", id, Unfinished.sources(router));
        }
        if (withdrawals != null && Remembered.links(withdrawals) > links.size()) {
            sim.fail("%d remembers %d links and has %d", id, Remembered.links(withdrawals), links.size());
        }
        if (withdrawals != null && Remembered.messages(passage) > 0) {
            sim.fail("%d remembers %d messages that are over", id, Remembered.messages(passage));
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
                after(sim.some(2 * Simulation.SECOND), () -> {
                    byte[] body = new Payload(payload.number, id, 0).bytes(payload.wanted);
                    router.send(router.message(Message.NORMAL, m.source, m.replyTo, 0, body));
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
            if (m.isBounced() && world.isFlooded()) {
                return; // one found no room
            }
            Payload payload = Payload.read(m.body);
            String stream = m.source + "/" + payload.wanted;
            int expected = streams.getOrDefault(stream, 0);
            // the word that the sender is gone goes before what it said, and ends what came in part
            boolean missed = payload.number > expected && (world.isFlooded() || world.isCut(Node.this, m.source));
            if (payload.number != expected && !missed || payload.destination != id) {
                sim.fail("%d got number %d of stream %s instead of %d", id, payload.number, stream, expected);
            }
            sim.totals.count("stream messages");
            streams.put(stream, payload.number + 1);
        }
    }

    /** Starts a child with the number that the request names. */
    private final class Start extends Handler {
        Start() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            Payload payload = Payload.read(m.body);
            world.delivered(Node.this, payload);
            becomeParent();
            after(sim.some(2 * Simulation.SECOND), () -> {
                if (!ending) {
                    world.boot(Node.this, payload.wanted);
                }
                byte[] body = new Payload(payload.number, id, 0).bytes(0);
                router.send(router.message(Message.NORMAL, m.source, m.replyTo, 0, body));
            });
        }
    }

    private final class Shutdown extends Handler {
        Shutdown() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            long grace = Message.getInt(m.body, 0) * Simulation.MILLI;
            if (withdrawals != null) {
                tellChildren(grace);
            }
            end("closed", sim.anyOf(grace));
        }
    }

    private final class Goodbye extends Handler {
        Goodbye() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            goodbyes.put(m.source, Text.string(m.body));
        }
    }
}
