package io.econtext.sim;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.core.Router;

/**
 * What contexts say to each other: requests, also in vain, streams, now and then more than fits, and lies.
 *
 * <p>For the thread of the simulation.
 */
final class Traffic {
    private static final int[] PRIORITIES = {Message.CONTROL, Message.NORMAL, Message.NORMAL, Message.BULK};
    private static final int UNKNOWN_HANDLE = 1 << 21;
    /** Where no id is allotted in such a short time. */
    private static final int NOBODY = 100_000;

    private static final int FLOOD = 5 << 20;

    private final World world;
    private final Simulation sim;
    private final int requests;
    private int streams;

    Traffic(World world, int requests) {
        this.world = world;
        this.requests = requests;
        sim = world.sim;
    }

    void begin() {
        for (int i = 0; i < requests; i++) {
            Runnable what = sim.chance(80) ? this::request : sim.chance(50) ? this::requestInVain : this::stream;
            sim.after(sim.anyOf(Faults.UNTIL), what);
        }
        if (sim.chance(10)) {
            for (int i = 0; i < 5; i++) {
                sim.after(sim.anyOf(Faults.UNTIL), this::lie);
            }
        }
        if (sim.chance(2)) {
            sim.after(Faults.FROM + sim.anyOf(Faults.UNTIL - Faults.FROM), this::flood);
        }
    }

    private void request() {
        Node from = world.any();
        Node to = world.any();
        long deadline = sim.chance(20) ? sim.anyOf(10 * Simulation.SECOND) : 0;
        from.run(() -> world.request(from, to.id, Node.ECHO, priority(), size(), size(), deadline));
    }

    /** To a handle that isn't there, or a context that never was. */
    private void requestInVain() {
        Node from = world.any();
        if (sim.chance(50)) {
            Node to = world.any();
            from.run(() -> world.requestInVain(from, to.id, UNKNOWN_HANDLE, size(), Router.NO_HANDLE + UNKNOWN_HANDLE));
        } else {
            int nobody = world.controller.nobody() + NOBODY;
            from.run(() -> world.requestInVain(from, nobody, Node.ECHO, size(), Router.NO_CONTEXT + nobody));
        }
    }

    private int priority() {
        return PRIORITIES[sim.random.nextInt(PRIORITIES.length)];
    }

    private int size() {
        return sim.chance(4) ? (int) sim.some(300_000) : sim.random.nextInt(200);
    }

    /** Numbered messages in bursts. */
    private void stream() {
        Node from = world.any();
        Node to = world.any();
        int stream = ++streams;
        int[] next = {0};
        for (int burst = 1 + sim.random.nextInt(4); burst > 0; burst--) {
            from.after(sim.some(Simulation.SECOND), () -> {
                for (int i = sim.random.nextInt(6); i > 0; i--) {
                    byte[] body = new Payload(next[0]++, to.id, stream).bytes(size());
                    from.router.send(from.router.message(Message.BULK, to.id, Node.STREAM, 0, body));
                }
            });
        }
    }

    /** More than a queue takes goes to one context, from several. */
    private void flood() {
        Node to = world.any();
        if (to.wire == null) {
            return;
        }
        sim.note("%d is flooded", to.id);
        sim.totals.count("floods");
        world.flooded();
        to.pause(sim.anyOf(Node.SHORT));
        for (int i = 0; i < 4; i++) {
            Node from = world.any();
            from.after(
                    sim.some(Simulation.SECOND),
                    () -> world.request(
                            from, to.id, Node.ECHO, sim.chance(50) ? Message.NORMAL : Message.BULK, FLOOD, 0, 0));
        }
    }

    /** Claims to be another, to speak for another, or that others are gone. */
    private void lie() {
        Node liar = world.any();
        Node other = world.any();
        if (liar.parent == null || !liar.isAlive() || other == liar || world.isBelow(other, liar)) {
            return;
        }
        world.lies.merge(liar.id, 1, Integer::sum);
        liar.run(() -> {
            sim.note("%d lies about %d", liar.id, other.id);
            sim.totals.count("lies");
            Router router = liar.router;
            byte[] body = new Payload(0, 0, 0).bytes(0);
            switch (sim.random.nextInt(4)) {
                case 0:
                    router.send(message(other.id, liar.id, liar.parent.id, Node.ECHO, body));
                    break;
                case 1:
                    router.send(message(liar.id, other.id, liar.parent.id, Node.ECHO, body));
                    break;
                case 2:
                    router.send(message(liar.id, liar.id, liar.parent.id, Handles.GONE, new byte[] {0, 0, 1, 1}));
                    break;
                default:
                    body = new byte[12];
                    Message.putInt(body, 0, 1);
                    Message.putInt(body, 4, other.id);
                    Message.putInt(body, 8, other.id);
                    router.send(message(liar.id, liar.id, liar.parent.id, Handles.GONE, body));
            }
        });
    }

    private static Message message(int source, int authority, int destination, int handle, byte[] body) {
        return new Message(
                Message.CONTROL | Message.LAST, source, authority, destination, handle, 0, 0, 0, body.length, body);
    }
}
