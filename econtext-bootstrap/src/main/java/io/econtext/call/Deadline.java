package io.econtext.call;

import io.econtext.CallTimeoutException;
import io.econtext.Delivery;
import java.time.Duration;

/** When a call is to be over, with all its tries. Immutable. */
final class Deadline {
    /** For calls that end when their channel does. */
    private static final Duration ENDLESS = Duration.ofDays(20);

    private final Duration limit;
    /** Of {@link System#nanoTime}. */
    final long at;

    Deadline(Duration limit) {
        this.limit = limit;
        at = System.nanoTime() + limit.toNanos();
    }

    static Deadline none() {
        return new Deadline(ENDLESS);
    }

    boolean isEndless() {
        return limit == ENDLESS;
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
