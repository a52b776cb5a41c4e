package io.econtext;

import java.time.Duration;

/** Pauses between attempts, each twice as long as the one before, up to a longest one. Immutable. */
public final class Backoff {
    private static final Duration LIMIT = Duration.ofDays(1);

    private final Duration first;
    private final Duration longest;

    private Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** @throws IllegalArgumentException if a pause is not positive or longer than a day, or the first is the longer one */
    public static Backoff of(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0 || longest.compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException("pauses from " + first + " to " + longest
                    + " are not from 1 ns to 24 hours, the shorter one first");
        }
        return new Backoff(first, longest);
    }

    public Duration first() {
        return first;
    }

    public Duration longest() {
        return longest;
    }

    /**
     * The pause before an attempt, of which up to a half is left to chance, so that many that were lost at once don't come
     * back at once.
     *
     * @param attempt 0 for the first
     * @param chance from 0 for the shortest to 1 for the longest
     */
    public Duration before(int attempt, double chance) {
        long full = first.toNanos();
        for (int i = 0; i < attempt && full < longest.toNanos(); i++) {
            full *= 2;
        }
        return Duration.ofNanos((long) (Math.min(full, longest.toNanos()) * (0.5 + chance / 2)));
    }
}
