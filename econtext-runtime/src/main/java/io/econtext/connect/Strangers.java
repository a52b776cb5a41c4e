package io.econtext.connect;

import io.econtext.parent.Printable;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused when calling back, and why: all are counted, each address is logged once for each reason, of as many as
 * memory is set aside for. Safe for use by several threads.
 */
final class Strangers {
    static final String REFUSED = "a call back from {} was refused: {}";

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final int MAX_LOGGED = 1000;

    private final AtomicLong refused = new AtomicLong();
    private final Set<String> logged = new HashSet<>();

    void refused(InetAddress address, String why) {
        refused.incrementAndGet();
        String from = address.getHostAddress();
        String reason = Printable.line(why);
        boolean isNew;
        synchronized (logged) {
            isNew = logged.size() < MAX_LOGGED && logged.add(from + " " + reason);
        }
        if (isNew) {
            LOG.warn(REFUSED, from, reason);
        }
    }

    long refused() {
        return refused.get();
    }
}
