package io.econtext.tests.hostile;

import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.InProcess;
import io.econtext.broker.LogLine;
import io.econtext.broker.LogSink;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A controller with little memory, whose sink takes no lines while it is flooded: prints for each flood how much more it
 * holds in the end, and what an honest context's calls came to.
 */
final class FloodedController implements LogSink {
    private static final int HOUR = 3600;

    private volatile CountDownLatch stalled = new CountDownLatch(0);

    private FloodedController() {}

    public static void main(String[] arguments) throws Exception {
        new FloodedController().run();
    }

    private void run() throws Exception {
        ContextOptions patient = ContextOptions.builder()
                .connectTimeout(Duration.ofSeconds(HOUR))
                .callTimeout(Duration.ofSeconds(HOUR))
                .heartbeat(Duration.ofSeconds(HOUR))
                .build();
        try (Broker broker = Broker.builder()
                .connector(new HostileWay.Starter())
                .logSink(this)
                .build()) {
            RemoteContext honest =
                    broker.connect(InProcess.context().named("honest").with(patient));
            try (HonestCaller caller = new HonestCaller(honest)) {
                for (Flood flood : Flood.all()) {
                    RemoteContext hostile = broker.connect(new HostileWay("mallory", patient, flood));
                    long before = used();
                    stalled = new CountDownLatch(1);
                    var call = hostile.runAsync(Questions::nothing);
                    flood.awaitEnd();
                    caller.assertUnharmed();
                    System.out.println((used() - before) / 1024 + " KiB held by " + flood.name());
                    stalled.countDown();
                    flood.goOn();
                    call.exceptionally(failure -> null).join();
                    broker.remove("mallory");
                }
            }
        }
    }

    /** What a collection left, without what other threads have thrown away since. */
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    @Override
    public int level(String context) {
        return 0;
    }

    @Override
    public void logged(LogLine line) {
        if (!line.context().equals("honest")) {
            try {
                stalled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void dropped(String context, long number) {}
}
