package io.econtext.sim;

import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;

/**
 * The byte streams between a parent and a child: bytes keep their order and nothing else. They come late, in pieces,
 * faster one way than the other, until the wire is cut or falls silent; whoever doesn't read holds up who writes.
 *
 * <p>For the thread of the simulation.
 */
final class SimWire {
    static final long SLOWEST = Simulation.SECOND;

    private static final int MAX_MESSAGE = 8 << 20;
    private static final long LATENCY = 50 * Simulation.MILLI;
    private static final long JITTER = 10 * Simulation.MILLI;
    private static final long BYTE_NANOS = 100;
    /** What is written and not read before a writer has to wait. */
    private static final int CAPACITY = 256 << 10;

    final Node parent;
    final Node child;
    final End down;
    final End up;

    private final Simulation sim;
    private final byte[] b;
    private long latency;
    /** When something happened to it that was no fault of the two. */
    private long faultAt = Simulation.NEVER;

    private long stalledUntil;
    private long hushed;
    private long hushedUntil;

    SimWire(Node parent, Node child) {
        this.parent = parent;
        this.child = child;
        sim = parent.sim;
        b = parent.world.buffer;
        latency = sim.some(LATENCY);
        down = new End(parent, child, child.id);
        up = new End(child, parent, 0);
        down.other = up;
        up.other = down;
    }

    /** Whether one of its ends knows by now, or will, that it is of no use any more. */
    boolean isBroken() {
        return faultAt <= sim.now() || down.lost || up.lost;
    }

    /** Whether each of its ends that lives knows. */
    boolean isLost() {
        return (down.lost || !parent.isAlive()) && (up.lost || !child.isAlive());
    }

    /** Nothing gets through any more, and nobody is told. */
    void fallSilent() {
        sim.note("%s falls silent", this);
        fault(true, true);
    }

    /** Nothing gets through one way. */
    void halfSilent() {
        sim.note("%s falls half silent", this);
        boolean mute = sim.chance(50);
        fault(mute, !mute);
    }

    /** Nothing gets through any more, and both ends learn it, each in its own time. */
    void cut() {
        sim.note("%s is cut", this);
        fault(true, true);
        for (End end : new End[] {down, up}) {
            end.owner.after(sim.some(2 * Simulation.SECOND), () -> end.end("cut"));
        }
    }

    private void fault(boolean downwards, boolean upwards) {
        faultAt = Math.min(faultAt, sim.now());
        down.mute(downwards);
        up.mute(upwards);
    }

    /** What is sent from now on comes later than usual: an uneasy network, but a healthy one. */
    void stall(long nanos) {
        sim.note("%s stalls for %d ms", this, nanos / Simulation.MILLI);
        down.arrival = Math.max(down.arrival, sim.now() + nanos);
        up.arrival = Math.max(up.arrival, sim.now() + nanos);
        stalledUntil = sim.now() + nanos;
        hush(nanos);
        parent.world.uneasy(nanos);
    }

    /** From now on the way takes this long. */
    void slow(long nanos) {
        sim.note("%s takes %d ms", this, nanos / Simulation.MILLI);
        hush(Math.max(0, nanos - latency));
        latency = nanos;
    }

    /** Whoever heard nothing for too long must know that it is lost, unless it was held up itself. */
    void check() {
        long since = sim.now() - Node.SILENCE;
        for (End end : new End[] {down, up}) {
            if (end.owner.isAlive() && !end.lost && end.silentSince() <= since) {
                if (end.owner.heldUpUntil > since || stalledUntil > since) {
                    parent.world.mustBeLost(this);
                } else {
                    sim.fail("%d did not find out that %s is lost", end.owner.id, this);
                }
            }
        }
    }

    /** One of its ends may not hear the other for so long. */
    void hush(long nanos) {
        if (hushedUntil + Node.SILENCE < sim.now()) {
            hushed = 0;
        }
        hushed += nanos;
        hushedUntil = Math.max(hushedUntil, sim.now() + nanos);
    }

    /** Whether an end may give up the other, with nothing wrong but that it heard nothing for long. */
    boolean mayBeGivenUp() {
        return hushed > Node.SHORT;
    }

    @Override
    public String toString() {
        return "wire " + parent.id + "-" + child.id;
    }

    /** One end. */
    final class End extends Link {
        final Node owner;
        final Node neighbour;
        boolean lost;
        private long lostAt = Simulation.NEVER;
        private End other;
        private long muteAt = Simulation.NEVER;
        /** When the last bytes sent from here leave, and when they arrive. */
        private long departure;

        private long arrival;
        private int unread;
        private boolean blocked;

        private End(Node owner, Node neighbour, int id) {
            super(owner.router, id, id, MAX_MESSAGE);
            this.owner = owner;
            this.neighbour = neighbour;
        }

        /** The order of hash tables of links must be the same in each run of a seed. */
        @Override
        public int hashCode() {
            return 31 * owner.id + neighbour.id;
        }

        /** By identity: two in a row may lead from one to the other. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        SimWire wire() {
            return SimWire.this;
        }

        /** Its owner knows. */
        void isLost() {
            lost = true;
            lostAt = sim.now();
        }

        /** Since when nothing can come from the other end. */
        private long silentSince() {
            return Math.min(Math.min(other.muteAt, other.lostAt), Math.min(neighbour.goneAt, neighbour.pausedAt));
        }

        private void mute(boolean now) {
            if (now && !isMute()) {
                muteAt = sim.now();
                parent.world.mustBeLost(SimWire.this);
            }
        }

        private boolean isMute() {
            return muteAt <= sim.now();
        }

        @Override
        protected boolean canWriteNow() {
            return !blocked && sim.chance(70);
        }

        @Override
        protected void writeNow(byte[] frame) {
            send(frame, frame.length);
        }

        @Override
        protected void wakeWriter() {
            owner.after(sim.some(Simulation.MILLI), this::pump);
        }

        private void pump() {
            blocked = unread > CAPACITY;
            if (blocked) {
                return;
            }
            int n = next(b);
            if (n > 0) {
                send(b, n);
                owner.after(n * BYTE_NANOS, this::pump);
            }
        }

        private void send(byte[] b, int length) {
            departure = Math.max(departure, sim.now());
            unread += length;
            int longest = sim.chance(10) ? 50 : Message.HEADER + Message.FRAGMENT;
            for (int at = 0; at < length; ) {
                byte[] piece = new byte
                        [sim.chance(80)
                                ? Math.min(longest, length - at)
                                : 1 + sim.random.nextInt(Math.min(longest, length - at))];
                System.arraycopy(b, at, piece, 0, piece.length);
                at += piece.length;
                longest = Message.HEADER + Message.FRAGMENT;
                departure += piece.length * BYTE_NANOS + sim.some(Simulation.MILLI);
                arrival = Math.max(arrival, departure + latency + sim.some(JITTER));
                long departs = departure;
                sim.after(arrival - sim.now(), () -> {
                    if (departs < owner.goneAt && !isMute()) {
                        other.owner.run(() -> other.arrive(piece));
                    }
                });
            }
        }

        private void arrive(byte[] piece) {
            other.read(piece.length);
            try {
                received(piece, 0, piece.length);
            } catch (LinkException e) {
                sim.fail("%s at %d: %s", SimWire.this, owner.id, e.getMessage());
                end(e.getMessage());
            }
        }

        /** The other end took so much. */
        private void read(int length) {
            unread -= length;
            if (blocked && unread <= CAPACITY) {
                blocked = false;
                owner.after(0, this::pump);
            }
        }

        /** What was sent before arrives still. */
        @Override
        protected void close() {
            hangUp();
        }

        void hangUp() {
            arrival = Math.max(arrival, sim.now() + latency);
            sim.after(arrival - sim.now(), () -> {
                if (!isMute()) {
                    other.owner.run(() -> other.end(other.endOfStream()));
                }
            });
        }

        private String endOfStream() {
            String goodbye = owner == parent ? owner.goodbye(child.id) : null;
            return goodbye == null ? "end of stream" : goodbye;
        }
    }
}
