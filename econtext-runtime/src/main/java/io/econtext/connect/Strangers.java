package io.econtext.connect;

import io.econtext.parent.Printable;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused when calling back, and why: all are counted, each address is logged once for each kind of reason, until so
 * many were that there may be no end of it. Safe for use by several threads.
 */
final class Strangers {
    static final String REFUSED = "a call back from {} was refused: {}";

    static final String NO_MORE =
            "that were {} addresses and reasons; calls back that are refused are only counted from now on";

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    static final int MAX_LOGGED = 1000;

    /** Those of a text are the stranger's, who has many. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final AtomicLong refused = new AtomicLong();
    private final Set<String> logged = new HashSet<>();

    void refused(InetAddress address, String why) {
        String from = address.getHostAddress();
        String reason = Printable.line(why);
        boolean isNew;
        boolean isLast;
        synchronized (logged) {
            isNew = logged.size() < MAX_LOGGED
                    && logged.add(from + " " + NUMBERS.matcher(reason).replaceAll(""));
            isLast = isNew && logged.size() == MAX_LOGGED;
        }
        if (isNew) {
            LOG.warn(REFUSED, from, reason);
        }
        if (isLast) {
            LOG.warn(NO_MORE, MAX_LOGGED);
        }
        refused.incrementAndGet();
    }

    long refused() {
        return refused.get();
    }
}
