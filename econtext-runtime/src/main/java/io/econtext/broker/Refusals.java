package io.econtext.broker;

import io.econtext.parent.Printable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one context was refused. All is counted; the first of each kind is logged and told at once, the others are logged
 * as a number, at most once a second, so that a flood of lies floods nothing else.
 *
 * <p>Safe for use by any thread; who counts doesn't wait.
 */
final class Refusals {
    static final String FIRST = "{} {}: refused";
    static final String MORE = "{}: {} more messages were refused, the last as it {}";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    /** There are fewer; but texts come from far away, too. */
    private static final int MAX_KINDS = 64;

    /** Of a text's characters, what tells its kind. */
    private static final int KIND = 200;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final String context;
    private final Executor executor;
    private final Consumer<String> listeners;
    private final LongAdder all = new LongAdder();
    private final Set<String> kinds = new HashSet<>();
    private long more;
    private String last = "";
    private long loggedAt = System.nanoTime();

    /**
     * @param executor runs what may take time, one after the other
     * @param listeners told the first of each kind
     */
    Refusals(String context, Executor executor, Consumer<String> listeners) {
        this.context = context;
        this.executor = executor;
        this.listeners = listeners;
    }

    long sum() {
        return all.sum();
    }

    /** @param why what it did, after its name: {@code sent …}, {@code claims …} */
    void add(long times, String why) {
        all.add(times);
        String shown = Printable.brief(why);
        synchronized (this) {
            boolean isNew = kinds.size() < MAX_KINDS && kinds.add(kind(shown));
            more += isNew ? times - 1 : times;
            last = shown;
            if (!isNew) {
                return;
            }
        }
        executor.execute(() -> {
            LOG.warn(FIRST, context, shown);
            listeners.accept(shown);
        });
    }

    /** Called now and then: logs how many more there were, unless that was done a moment ago. */
    synchronized void log(long now) {
        if (now - loggedAt >= PAUSE) {
            loggedAt = now;
            log();
        }
    }

    /** Logs how many more there were. */
    synchronized void log() {
        if (more > 0) {
            long number = more;
            String why = last;
            more = 0;
            executor.execute(() -> LOG.warn(MORE, context, number, why));
        }
    }

    /** The begin of the text without its numbers: those are the liar's, who has many. */
    private static String kind(String why) {
        StringBuilder kind = new StringBuilder();
        for (int i = 0; i < Math.min(KIND, why.length()); i++) {
            char c = why.charAt(i);
            if (c != '-' && (c < '0' || c > '9')) {
                kind.append(c);
            }
        }
        return kind.toString();
    }
}
