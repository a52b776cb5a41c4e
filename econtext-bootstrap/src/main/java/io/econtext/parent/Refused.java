package io.econtext.parent;

import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports to the controller what children were refused: the first of a second at once, the others with a count at its
 * end. Safe for any thread.
 */
public final class Refused {
    private static final long INTERVAL = 1000000000L;

    private final Router router;
    final Map<Link, Count> counts = new ConcurrentHashMap<>();

    public Refused(Router router) {
        this.router = router;
    }

    /** The child at the other end was refused something. */
    public void add(Link link, String why, long now) {
        Count count = counts.get(link);
        if (count == null) {
            counts.putIfAbsent(link, new Count(link.first, now - INTERVAL));
            count = counts.get(link);
            PerLink.forgetLost(link, counts);
        }
        count.add(why, now);
    }

    /** Called now and then. */
    public void report(long now) {
        for (Count count : counts.values()) {
            count.report(now);
        }
    }

    /** The link is gone, and with it the child. */
    public void lost(Link link) {
        Count count = counts.remove(link);
        if (count != null) {
            count.send();
        }
    }

    private final class Count {
        private final int child;
        private String last;
        private int times;
        private long reported;

        Count(int child, long reported) {
            this.child = child;
            this.reported = reported;
        }

        synchronized void add(String why, long now) {
            last = why;
            times++;
            report(now);
        }

        synchronized void report(long now) {
            if (now - reported >= INTERVAL) {
                reported = now;
                send();
            }
        }

        synchronized void send() {
            if (times > 0) {
                byte[] text = Text.bytes(last);
                byte[] body = new byte[8 + text.length];
                Message.putInt(body, 0, child);
                Message.putInt(body, 4, times);
                System.arraycopy(text, 0, body, 8, text.length);
                times = 0;
                router.send(router.message(Message.CONTROL, router.controller(), Handles.REFUSED, 0, body));
            }
        }
    }
}
