package io.econtext.sim;

import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.nio.charset.StandardCharsets;

/**
 * One who sent a request and waits, as the caller of a call does: for an answer, for the request itself to come back, for
 * word that the other is lost, and in any case not for ever.
 *
 * <p>For the thread of the simulation.
 */
final class Waiter extends Handler {
    /** More than an answer and then the loss of a link that falls silent take together. */
    static final long DEADLINE = 8 * Node.HEARTBEAT;

    private final Node node;
    private final int number;
    private final int destination;
    /** What comes where nothing goes wrong: null for an answer, else how the request comes back. */
    private final String natural;
    /** The context that gives that outcome, as far as the request must get. */
    private final Node by;

    private String outcome;
    private int handle;

    Waiter(Node node, int number, int destination, Node by, String natural) {
        super(destination);
        this.node = node;
        this.number = number;
        this.destination = destination;
        this.by = by;
        this.natural = natural;
    }

    void send(int to, int priority, int size, int wanted) {
        Router router = node.router;
        handle = router.register(this);
        node.waits(this);
        node.sim.after(DEADLINE, this::deadline);
        byte[] body = new Payload(number, destination, wanted).bytes(size);
        router.send(router.message(priority, destination, to, handle, body));
    }

    @Override
    public void handle(Message m) {
        node.router.unregister(handle);
        if (m.isBounced()) {
            outcome("back: " + new String(m.body, StandardCharsets.UTF_8));
        } else {
            Payload payload = Payload.read(m.body);
            outcome(payload.number == number && payload.destination == destination ? "answer" : "another's answer");
        }
    }

    @Override
    public void lost(String reason) {
        if (!isBehind(node.losing)) {
            node.sim.fail(
                    "request %d of %d to %d: told that the link to %d was lost",
                    number, node.id, destination, node.losing.id);
        }
        outcome("lost: " + reason);
    }

    boolean isDone() {
        return outcome != null;
    }

    /** Its context has told all who wait for something behind the link to a neighbour that this is lost. */
    void linkLost(Node neighbour) {
        if (outcome == null && isBehind(neighbour)) {
            node.sim.fail(
                    "request %d of %d to %d: not told that the link to %d was lost",
                    number, node.id, destination, neighbour.id);
        }
    }

    private boolean isBehind(Node neighbour) {
        return destination != node.id && neighbour == node.world.nextHop(node, destination);
    }

    private void deadline() {
        if (outcome == null && node.isAlive()) {
            node.router.unregister(handle);
            // Nobody tells yet what happens further away than at one's own links.
            if (!node.world.mayGoUntold(node, by)) {
                node.sim.fail("request %d of %d to %d: no outcome", number, node.id, destination);
            }
            outcome = "deadline";
        }
    }

    private void outcome(String what) {
        if (!node.isAlive()) {
            return;
        }
        node.sim.note("request %d of %d to %d: %s", number, node.id, destination, what);
        if (outcome != null) {
            node.sim.fail("request %d of %d: %s, after %s", number, node.id, what, outcome);
        } else if (!what.equals(natural == null ? "answer" : "back: " + natural)) {
            if (what.startsWith("another") || node.world.isHealthy(node, by)) {
                node.sim.fail("request %d of %d to %d: %s", number, node.id, destination, what);
            }
        }
        outcome = what;
        if (what.startsWith("back") && node.world.wasDelivered(number)) {
            node.sim.fail("request %d of %d was delivered and came back: %s", number, node.id, what);
        }
    }
}
