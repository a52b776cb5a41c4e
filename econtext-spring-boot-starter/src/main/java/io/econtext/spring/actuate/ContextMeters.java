package io.econtext.spring.actuate;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.ContextCounters;
import io.econtext.spring.Contexts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of calls and traffic, for the configured contexts from their first connection on.
 *
 * <p>Safe for use by any number of threads, without waiting.
 */
public final class ContextMeters implements BrokerListener, MeterBinder {
    private final Set<String> configured;
    private final ObjectProvider<Contexts> contexts;
    private final ObjectProvider<Broker> broker;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile @Nullable MeterRegistry registry;

    /**
     * Counts what goes to and from the configured contexts.
     *
     * @param contexts as the broker, asked only when meters are read: the broker's threads must not wait for beans to be made
     */
    public ContextMeters(Set<String> configured, ObjectProvider<Contexts> contexts, ObjectProvider<Broker> broker) {
        this.configured = Set.copyOf(configured);
        this.contexts = contexts;
        this.broker = broker;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        registry = target;
    }

    @Override
    public void called(RemoteContext context, String what, Duration took, @Nullable Throwable failure) {
        MeterRegistry target = registry;
        // those connected for an occasion would make ever more meters
        if (target != null && known.contains(context.name())) {
            Timer.builder("econtext.calls")
                    .description("Calls of methods in contexts")
                    .tag("context", context.name())
                    .tag("method", what)
                    .tag(
                            "outcome",
                            failure == null ? "success" : failure.getClass().getSimpleName())
                    .register(target)
                    .record(took);
        }
    }

    @Override
    public void stateChanged(RemoteContext context, ContextState from, ContextState to, String reason) {
        MeterRegistry target = registry;
        String name = context.name();
        if (to == ContextState.CONNECTING && target != null && connecting.compareAndSet(false, true)) {
            // from now on there is a broker
            FunctionCounter.builder(
                            "econtext.callbacks.refused",
                            broker,
                            any -> any.getObject().refusedCallBacks())
                    .description(
                            "Connections that contexts might have called back by, and that showed no token that counts")
                    .register(target);
        }
        if (to == ContextState.CONNECTED && target != null && configured.contains(name) && known.add(name)) {
            Tags tags = Tags.of("context", name);
            count(target, name, "econtext.bytes", tags.and("direction", "in"), ContextCounters::bytesIn);
            count(target, name, "econtext.bytes", tags.and("direction", "out"), ContextCounters::bytesOut);
            count(target, name, "econtext.classes", tags, ContextCounters::classesForwarded);
            count(target, name, "econtext.classes.requests", tags, ContextCounters::classRequests);
            count(target, name, "econtext.classes.pushed", tags, ContextCounters::classesPushed);
            count(target, name, "econtext.classes.hits", tags, ContextCounters::classesHit);
            count(target, name, "econtext.calls.stuck", tags, ContextCounters::stuckCalls);
            count(target, name, "econtext.log.lines", tags, ContextCounters::logLines);
            count(target, name, "econtext.log.lines.dropped", tags, ContextCounters::droppedLogLines);
            count(target, name, "econtext.refused", tags, ContextCounters::refused);
        }
    }

    private void count(
            MeterRegistry target, String context, String meter, Tags tags, ToLongFunction<ContextCounters> counter) {
        FunctionCounter.builder(meter, this, meters -> meters.read(context, counter))
                .tags(tags)
                .register(target);
    }

    private long read(String context, ToLongFunction<ContextCounters> counter) {
        ContextCounters counters = contexts.getObject().counters(context);
        return counters == null ? 0 : counter.applyAsLong(counters);
    }
}
