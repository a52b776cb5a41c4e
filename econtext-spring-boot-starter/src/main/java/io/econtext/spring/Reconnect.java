package io.econtext.spring;

import io.econtext.Backoff;
import java.time.Duration;

/** What the option {@code reconnect} means, which has only the first pause. Stateless. */
public final class Reconnect {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int TIMES = 10;

    private Reconnect() {}

    /** Pauses from {@code first} to a minute or ten times the first, whichever is longer. */
    public static Backoff after(Duration first) {
        Duration most = first.multipliedBy(TIMES);
        return Backoff.of(first, most.compareTo(LONGEST) > 0 ? most : LONGEST);
    }
}
