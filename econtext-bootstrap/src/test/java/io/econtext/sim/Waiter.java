package io.econtext.sim;

import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import java.nio.charset.StandardCharsets;

/**
 * One who sent a request and waits, as the caller of a call does: for an answer, for the request itself to come back, for
 * word that the other is lost, or for its own deadline.
 *
 * <p>For the thread of the simulation.
 */
final class Waiter extends Handler {
    private static final long PATIENCE = 60 * Simulation.SECOND;
    private static final int MOST_PATIENT = 6;

    final int destination;
    private final Node node;
    private final int number;
    /** What comes where nothing goes wrong: {@code null} for an answer, else how the request comes back. */
    private final String natural;

    private String outcome;
    private int handle;
    private int patience;

    Waiter(Node node, int number, int destination, String natural) {
        super(destination);
        this.node = node;
        this.number = number;
        this.destination = destination;
        this.natural = natural;
    }

    /** @param deadline after which it gives up by itself, or 0 */
    void send(int to, int priority, int size, int wanted, long deadline) {
        Router router = node.router;
        handle = router.register(this);
        node.waiters().add(this);
        node.sim.totals.count("requests");
        node.after(PATIENCE, this::tired);
        if (deadline > 0) {
            node.after(deadline, this::giveUp);
        }
        byte[] body = new Payload(number, destination, wanted).bytes(size);
        router.send(router.message(priority, destination, to, handle, body));
    }

    @Override
    public void handle(Message m) {
        node.router.unregister(handle);
        if (m.isBounced()) {
            back(m.source, new String(m.body, StandardCharsets.UTF_8));
        } else {
            Payload payload = Payload.read(m.body);
            if (m.handle != handle
                    || payload.number != number
                    || payload.destination != destination
                    || natural != null) {
                fail("answered with %d of %d", payload.number, payload.destination);
            }
            outcome("answer");
        }
    }

    private void back(int by, String reason) {
        boolean cut = node.world.isCut(node, destination) && !node.world.isQuiet();
        boolean expected = natural != null && reason.startsWith(natural)
                || cut && (reason.startsWith(Router.NO_CONTEXT) || reason.equals(Router.CONGESTED))
                || (cut || node.world.node(destination) == null)
                        && node.world.unidirectional
                        && reason.startsWith(World.SIBLING)
                || node.world.isFlooded() && reason.equals(Router.CONGESTED);
        if (!expected) {
            fail("came back: %s", reason);
        }
        boolean answerLost = by == destination && reason.equals(Router.CONGESTED);
        if (node.world.wasDelivered(number) != answerLost) {
            fail("was %s and came back: %s", answerLost ? "not delivered" : "delivered", reason);
        }
        outcome("back: " + reason);
    }

    @Override
    public void lost(String reason) {
        if (!node.world.isCut(node, destination) || node.world.isQuiet()) {
            fail("told of a loss that did not happen: %s", reason);
        }
        if (!node.world.reasons.contains(reason)) {
            fail("told of a loss for a reason that no one gave: %s", reason);
        }
        outcome("lost: " + reason);
    }

    private void outcome(String what) {
        node.sim.note("%s: %s", this, what);
        if (outcome != null) {
            fail("%s, after %s", what, outcome);
        }
        outcome = what;
        node.waiters().remove(this);
        node.sim.totals.count("outcome: " + what.split(":")[0]);
    }

    private void giveUp() {
        if (outcome == null) {
            node.router.unregister(handle);
            outcome("deadline");
        }
    }

    /** Waits too long, unless something happened on the way of late. */
    private void tired() {
        if (outcome == null) {
            if (++patience < MOST_PATIENT && (node.world.isUneasy(PATIENCE) || node.world.isCut(node, destination))) {
                node.after(PATIENCE, this::tired);
            } else {
                fail("no outcome");
            }
        }
    }

    /** What it waits for was found to be lost, by itself or by {@code loser}, who has had the time to say so. */
    void mustBeTold(Node loser, SimWire lost, long bound) {
        node.after(bound, () -> {
            if (outcome == null && node.world.isIntact(node, loser)) {
                if (node.world.isUneasy(bound)) {
                    mustBeTold(loser, lost, bound);
                } else {
                    fail("not told of the loss of %s by %d", lost, loser.id);
                }
            }
        });
    }

    private void fail(String format, Object... arguments) {
        node.sim.fail("%s: %s", this, String.format(format, arguments));
    }

    @Override
    public String toString() {
        return "request " + number + " of " + node.id + " to " + destination;
    }
}
