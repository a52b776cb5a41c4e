package io.econtext.broker;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * A controller with two children: one that says what a fuzzer says, another for each of its inputs; and an honest one that
 * nothing of it may reach.
 *
 * <p>Used by one thread.
 */
final class FuzzedBroker implements LogSink {
    private static final String HONEST = "honest";
    private static final String FUZZED = "fuzzed";

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Broker broker =
            Broker.builder().connector(new FuzzedChild.Starter()).logSink(this).build();
    private final RemoteContext honest;
    private final CompletableFuture<Integer> pending;
    private final int handles;

    FuzzedBroker() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown));
        honest = connect(HONEST, FuzzedChild::hello);
        pending = honest.callAsync(FuzzedBroker::one);
        handles = broker.router.handles();
    }

    static int one() {
        return 1;
    }

    private RemoteContext connect(String name, java.util.function.Consumer<FuzzedChild> boot) {
        RemoteContext context = broker.define(FuzzedChild.way(name));
        context.connectAsync();
        FuzzedChild child = FuzzedChild.started(name);
        child.up();
        boot.accept(child);
        return context;
    }

    /** A context that is up, and its other end; when {@code what} returns, it goes. */
    void fuzz(BiConsumer<RemoteContext, FuzzedChild> what) {
        RemoteContext context = broker.define(FuzzedChild.way(FUZZED));
        context.connectAsync();
        FuzzedChild child = FuzzedChild.started(FUZZED);
        child.up();
        what.accept(context, child);
        child.end();
        broker.remove(FUZZED);
        check();
    }

    private void check() {
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new AssertionError("a thread failed", thrown);
        }
        check(honest.state() == ContextState.CONNECTED, "the honest context is " + honest.state());
        check(!pending.isDone(), "the honest context's call is done");
        check(broker.counters(HONEST).refused() == 0, "the honest context was refused something");
        check(broker.contexts().size() == 1, "there are " + broker.contexts());
        check(broker.router.handles() == handles, "there are " + broker.router.handles() + " handles");
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public int level(String context) {
        return 0;
    }

    @Override
    public void logged(LogLine line) {
        if (line.context().equals(HONEST) || hasControls(line.message()) || hasControls(line.logger())) {
            failure.compareAndSet(null, new AssertionError("logged " + line));
        }
        line.time().toString();
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
    }

    @Override
    public void dropped(String context, long number) {
        if (number <= 0) {
            failure.compareAndSet(null, new AssertionError("dropped " + number));
        }
    }
}
