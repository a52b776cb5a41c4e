package io.econtext.call;

import io.econtext.CallTimeoutException;
import io.econtext.Delivery;
import java.time.Duration;

/** When a call is to be over, with all its tries. Immutable. */
final class Deadline {
    /** Of what can be told by {@link System#nanoTime}, which ends at three centuries. */
    private static final Duration LONGEST = Duration.ofDays(36500);

    private final boolean isEndless;
    private final Duration limit;
    /** Of {@link System#nanoTime}. */
    final long at;

    /** @param limit any; longer than a century is a century */
    Deadline(Duration limit) {
        this(limit.compareTo(LONGEST) < 0 ? limit : LONGEST, false);
    }

    private Deadline(Duration limit, boolean isEndless) {
        this.limit = limit;
        this.isEndless = isEndless;
        at = System.nanoTime() + limit.toNanos();
    }

    /** For calls that end when their channel does. */
    static Deadline none() {
        return new Deadline(LONGEST, true);
    }

    boolean isEndless() {
        return isEndless;
    }

    /** In nanoseconds; not positive when it has passed. */
    long left() {
        return at - System.nanoTime();
    }

    CallTimeoutException passed(String what, boolean sent) {
        long millis = limit.toMillis();
        String text = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        return new CallTimeoutException(
                what + " did not answer within " + text + (sent ? "; it was told to stop" : "; it was not sent"),
                sent ? Delivery.MAYBE_RAN : Delivery.NOT_SENT);
    }
}
