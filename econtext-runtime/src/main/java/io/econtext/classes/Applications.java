package io.econtext.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All class loaders whose classes were ever wanted, by number; no number is given twice. Safe for several threads. */
final class Applications {
    private final Source source = new Source();
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, Application> byId = new ConcurrentHashMap<>();
    private volatile @Nullable Application latest;

    /** @return {@code null} if there is no such loader, or not any more */
    @Nullable
    Application get(int id) {
        return byId.get(id);
    }

    int id(ClassLoader loader) {
        Application known = latest;
        if (known == null || !known.is(loader)) {
            known = find(loader);
            latest = known;
        }
        return known.id;
    }

    /** The numbers of those that were collected since this was asked last. */
    List<Integer> gone() {
        List<Integer> gone = new ArrayList<>();
        for (Application application : byId.values()) {
            if (application.isGone() && byId.remove(application.id, application)) {
                gone.add(application.id);
            }
        }
        return gone;
    }

    private synchronized Application find(ClassLoader loader) {
        for (Application application : byId.values()) {
            if (application.is(loader)) {
                return application;
            }
        }
        Application added = new Application(last.incrementAndGet(), loader, source);
        byId.put(added.id, added);
        return added;
    }

    int remembered() {
        return byId.values().stream().mapToInt(Application::remembered).sum();
    }
}
