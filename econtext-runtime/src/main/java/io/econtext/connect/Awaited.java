package io.econtext.connect;

import io.econtext.broker.CallBackServer;
import java.net.InetAddress;
import java.security.MessageDigest;

/** A context that may call back, once, and whether it did. Safe for use by several threads. */
final class Awaited {
    static final String USED = "its token was used before";
    static final String LATE = "its token came too late";
    static final String ELSEWHERE =
            "its token came from %s, and is expected from %s; if it is right there, set the option 'from'";

    final CallBackServer.Events events;
    private final byte[] token;
    private final Callers callers;
    private final long until;
    private String over;
    private String wasted;
    private long forgotten;

    Awaited(byte[] token, Callers callers, long until, CallBackServer.Events events) {
        this.token = token;
        this.callers = callers;
        this.until = until;
        this.events = events;
    }

    boolean knows(byte[] shown) {
        return MessageDigest.isEqual(token, shown);
    }

    /**
     * The token was shown: it counts the first time, from the right address, in time, and then never again.
     *
     * @return why it doesn't count, or {@code null}
     */
    synchronized String use(InetAddress address, long now) {
        if (over != null) {
            return over;
        }
        over = USED;
        if (now - until > 0) {
            over = LATE;
            wasted = LATE;
        } else if (!callers.include(address)) {
            wasted = ELSEWHERE.formatted(address.getHostAddress(), callers);
        }
        return wasted;
    }

    /** Tells, once, if its only use was one that doesn't count. */
    void tell() {
        String why;
        synchronized (this) {
            why = wasted;
            wasted = null;
        }
        if (why != null) {
            events.refused(why);
        }
    }

    /** It may not come any more; what is tried with it is told apart from other lies until {@code time}. */
    synchronized void end(long time) {
        over = over == null ? LATE : over;
        forgotten = time;
    }

    synchronized boolean isForgotten(long now) {
        return now - forgotten > 0;
    }
}
