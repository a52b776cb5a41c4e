package io.econtext.sim;

import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;

/**
 * The byte streams between a parent and a child: bytes keep their order and nothing else. They come late, in pieces,
 * faster one way than the other, until the wire is cut or falls silent.
 *
 * <p>For the thread of the simulation.
 */
final class SimWire {
    private static final int MAX_MESSAGE = 4 << 20;
    private static final long LATENCY = 50 * Simulation.MILLI;
    private static final long BYTE_NANOS = 100;

    final Node parent;
    final Node child;
    final End down;
    final End up;
    /** When something happened to it that was no fault of the two. */
    long faultAt = Long.MAX_VALUE;

    private final Simulation sim;
    private final byte[] b = new byte[Message.HEADER + Message.FRAGMENT];

    SimWire(Simulation sim, Node parent, Node child, int first, int last) {
        this.sim = sim;
        this.parent = parent;
        this.child = child;
        down = new End(parent, first, last);
        up = new End(child, 0, 0);
        down.other = up;
        up.other = down;
    }

    private boolean isFaulty() {
        return faultAt <= sim.now();
    }

    /** Nothing gets through any more, and nobody is told. */
    void fallSilent() {
        sim.note("%s falls silent", this);
        fault();
    }

    /** Nothing gets through any more, and both ends learn it, each in its own time. */
    void cut() {
        sim.note("%s is cut", this);
        fault();
        for (End end : new End[] {down, up}) {
            sim.after(sim.some(2 * Simulation.SECOND), () -> end.over("cut"));
        }
    }

    private void fault() {
        faultAt = Math.min(faultAt, sim.now());
    }

    /** What is sent from now on comes later than usual: an uneasy network, but a healthy one. */
    void stall(long nanos) {
        if (!isFaulty()) {
            sim.note("%s stalls for %d ms", this, nanos / Simulation.MILLI);
            down.arrival = Math.max(down.arrival, sim.now() + nanos);
            up.arrival = Math.max(up.arrival, sim.now() + nanos);
        }
    }

    @Override
    public String toString() {
        return "wire " + parent.id + "-" + child.id;
    }

    /** One end. */
    final class End extends Link {
        private final Node owner;
        private End other;
        /** When the last bytes sent from here arrive. */
        private long arrival;

        private End(Node owner, int first, int last) {
            super(owner.router, first, last, MAX_MESSAGE);
            this.owner = owner;
        }

        SimWire wire() {
            return SimWire.this;
        }

        @Override
        protected boolean canWriteNow() {
            return sim.chance(70);
        }

        @Override
        protected void writeNow(byte[] frame) {
            send(frame, frame.length);
        }

        @Override
        protected void wakeWriter() {
            sim.after(sim.some(Simulation.MILLI), this::pump);
        }

        private void pump() {
            int n = owner.isAlive() ? next(b) : 0;
            if (n > 0) {
                send(b, n);
                sim.after(n * BYTE_NANOS, this::pump);
            }
        }

        private void send(byte[] b, int length) {
            arrival = Math.max(arrival, sim.now() + sim.some(LATENCY));
            int longest = sim.chance(10) ? 50 : Message.HEADER + Message.FRAGMENT;
            for (int at = 0; at < length; ) {
                byte[] piece = new byte[1 + sim.random.nextInt(Math.min(longest, length - at))];
                System.arraycopy(b, at, piece, 0, piece.length);
                at += piece.length;
                longest = Message.HEADER + Message.FRAGMENT;
                arrival += piece.length * BYTE_NANOS + sim.some(Simulation.MILLI);
                sim.after(arrival - sim.now(), () -> other.arrive(piece));
            }
        }

        private void arrive(byte[] piece) {
            if (owner.isAlive() && !isFaulty()) {
                try {
                    received(piece, 0, piece.length);
                } catch (LinkException e) {
                    sim.fail("%s at %d: %s", SimWire.this, owner.id, e.getMessage());
                    end(e.getMessage());
                }
            }
        }

        /** Its context is told that the other end is gone. */
        private void over(String reason) {
            if (owner.isAlive()) {
                end(reason);
            }
        }

        /** What was sent before arrives still. */
        @Override
        protected void close() {
            hangUp();
        }

        void hangUp() {
            if (!isFaulty()) {
                arrival = Math.max(arrival, sim.now() + sim.some(LATENCY));
                sim.after(arrival - sim.now(), () -> {
                    if (!isFaulty()) {
                        other.over("end of stream");
                    }
                });
            }
        }
    }
}
