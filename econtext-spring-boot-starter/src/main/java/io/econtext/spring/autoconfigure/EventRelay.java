package io.econtext.spring.autoconfigure;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.LogLine;
import io.econtext.spring.ContextStateEvent;
import io.econtext.spring.ContextStateEvent.Kind;
import io.econtext.spring.RemoteLogEvent;
import io.econtext.spring.StuckCallEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what the broker tells as application events, one after the other.
 *
 * <p>The broker's threads only put events into a bounded queue; a thread of its own calls the listeners.
 */
final class EventRelay implements BrokerListener, DisposableBean {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventRelay.class);
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final ApplicationEventPublisher publisher;
    private final int capacity;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int waitingLines;
    private boolean dropping;
    private boolean closed;
    private @Nullable Thread worker;

    EventRelay(ApplicationEventPublisher publisher, int capacity) {
        this.publisher = publisher;
        this.capacity = capacity;
    }

    @Override
    public void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        Kind kind = switch (to) {
            case CONNECTED -> from == ContextState.RECONNECTING ? Kind.RECONNECTED : Kind.CONNECTED;
            case CLOSED -> Kind.CLOSED;
            case LOST -> Kind.LOST;
            default -> null;
        };
        if (kind != null) {
            synchronized (waiting) {
                offer(new ContextStateEvent(context.name(), kind, reason == null ? "" : reason));
            }
        }
    }

    @Override
    public void stuck(RemoteContext context, String what, String stack) {
        synchronized (waiting) {
            offer(new StuckCallEvent(context.name(), what, stack));
        }
    }

    @Override
    public void logged(LogLine line) {
        synchronized (waiting) {
            if (waitingLines < capacity) {
                dropping = false;
                waitingLines++;
            } else {
                dropOldestLine();
            }
            offer(new RemoteLogEvent(line));
        }
    }

    private void dropOldestLine() {
        if (!dropping) {
            dropping = true;
            LOGGER.warn("Listeners of RemoteLogEvent lag {} lines behind; the oldest are dropped", capacity);
        }
        Iterator<Object> oldestFirst = waiting.iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next() instanceof RemoteLogEvent) {
                oldestFirst.remove();
                return;
            }
        }
    }

    private void offer(Object event) {
        if (closed) {
            return;
        }
        waiting.add(event);
        waiting.notifyAll();
        if (worker == null) {
            worker = new Thread(this::relay, "econtext-events");
            worker.setDaemon(true);
            worker.start();
        }
    }

    private void relay() {
        try {
            while (true) {
                publish(next());
            }
        } catch (InterruptedException e) {
            LOGGER.debug("No more events are published, as the application ends");
        }
    }

    private Object next() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty()) {
                waiting.wait();
            }
            Object event = waiting.remove();
            if (event instanceof RemoteLogEvent) {
                waitingLines--;
            }
            return event;
        }
    }

    private void publish(Object event) {
        try {
            publisher.publishEvent(event);
        } catch (RuntimeException e) {
            LOGGER.warn("A listener failed on {}", event, e);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        Thread last;
        synchronized (waiting) {
            closed = true;
            last = worker;
        }
        if (last != null) {
            last.interrupt();
            last.join(PATIENCE_MILLIS);
        }
    }
}
