package io.econtext.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A world on virtual time: what happens is a queue of events, and whatever is left to chance comes from one seed, so that
 * a seed replays.
 *
 * <p>Used by one thread, which runs everything.
 */
final class Simulation {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;
    static final long NEVER = Long.MAX_VALUE;
    private static final long TOO_MUCH = 20_000_000;

    final Random random;
    final Totals totals;
    /** What went wrong, in order. */
    final List<String> failures = new ArrayList<>();

    private final long seed;
    private final boolean tracing;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long scheduled;
    private long hash;

    Simulation(long seed, boolean tracing, Totals totals) {
        this.seed = seed;
        this.tracing = tracing;
        this.totals = totals;
        random = new Random(seed);
    }

    long now() {
        return now;
    }

    /** Does something later. */
    void after(long nanos, Runnable action) {
        events.add(new Event(now + nanos, scheduled++, action));
    }

    /** Some time up to {@code nanos}, mostly much less. */
    long some(long nanos) {
        double x = random.nextDouble();
        return (long) (nanos * x * x * x);
    }

    /** Some time up to {@code nanos}, each as likely as any other. */
    long anyOf(long nanos) {
        return (long) (nanos * random.nextDouble());
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Runs until nothing is left to happen. */
    void run() {
        Event event;
        while ((event = events.poll()) != null) {
            now = event.at;
            event.action.run();
            if (scheduled > TOO_MUCH) {
                fail("something goes round in circles");
                break;
            }
        }
        totals.events += scheduled;
    }

    void note(String format, Object... arguments) {
        hash = 31 * hash + now;
        if (tracing) {
            System.out.printf("%10.3f s  %s%n", (double) now / SECOND, String.format(format, arguments));
        }
    }

    void fail(String format, Object... arguments) {
        String what = String.format(format, arguments);
        note("WRONG: %s", what);
        failures.add(String.format("at %.3f s of seed %d: %s", (double) now / SECOND, seed, what));
    }

    /** Stands for everything that happened, and when. */
    long fingerprint() {
        return 31 * hash + scheduled;
    }

    /** Something that will happen. */
    private static final class Event implements Comparable<Event> {
        private final long at;
        private final long order;
        private final Runnable action;

        Event(long at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }

        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }
}
