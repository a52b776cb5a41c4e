package io.econtext.sim;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import io.econtext.core.Router;

/**
 * What befalls a tree: wires that are cut or fall silent, contexts that die, end or stand still, and networks that are
 * uneasy but well.
 *
 * <p>For the thread of the simulation.
 */
final class Faults {
    /** When they begin and end. */
    static final long FROM = 10 * Simulation.SECOND;

    static final long UNTIL = 40 * Simulation.SECOND;

    private final World world;
    private final Simulation sim;
    private final int faults;

    Faults(World world, int faults) {
        this.world = world;
        this.faults = faults;
        sim = world.sim;
    }

    void begin() {
        for (int i = 0; i < faults; i++) {
            sim.after(FROM + sim.anyOf(UNTIL - FROM), this::fault);
        }
        for (int i = sim.random.nextInt(6); i > 0; i--) {
            sim.after(sim.anyOf(UNTIL), this::uneasiness);
        }
    }

    private void fault() {
        Node node = world.any();
        if (!node.isAlive()) {
            return;
        }
        if (node.parent == null) {
            // The controller is what all this is for; it stands still at most.
            if (sim.chance(20)) {
                longPause(node);
            }
            return;
        }
        switch (sim.random.nextInt(8)) {
            case 0:
            case 1:
                sim.totals.count("fault: cut");
                node.wire.cut();
                break;
            case 2:
                sim.totals.count("fault: silence");
                node.wire.fallSilent();
                break;
            case 3:
                sim.totals.count("fault: silence one way");
                node.wire.halfSilent();
                break;
            case 4:
            case 5:
                sim.totals.count("fault: kill");
                node.die();
                break;
            case 6:
                sim.totals.count("fault: close");
                byte[] grace = new byte[4];
                Message.putInt(grace, 0, sim.random.nextInt(5000));
                Router router = world.controller.router;
                world.controller.run(
                        () -> router.send(router.message(Message.NORMAL, node.id, Handles.SHUTDOWN, 0, grace)));
                break;
            default:
                longPause(node);
        }
    }

    private void longPause(Node node) {
        sim.totals.count("fault: long pause");
        node.pause(4 * Node.HEARTBEAT + sim.anyOf(6 * Node.HEARTBEAT));
    }

    private void uneasiness() {
        Node node = world.any();
        switch (sim.random.nextInt(3)) {
            case 0:
                sim.totals.count("uneasy: pause");
                node.pause(sim.anyOf(Node.SHORT));
                break;
            case 1:
                if (node.wire != null) {
                    sim.totals.count("uneasy: stall");
                    node.wire.stall(sim.anyOf(Node.SHORT));
                }
                break;
            default:
                if (node.wire != null) {
                    sim.totals.count("uneasy: delay");
                    node.wire.slow(sim.anyOf(SimWire.SLOWEST));
                }
        }
    }
}
