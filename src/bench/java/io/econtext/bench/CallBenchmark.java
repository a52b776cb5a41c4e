package io.econtext.bench;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A call in a local context, by what it carries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CallBenchmark {
    private Broker broker;
    private RemoteContext context;

    /** A record, as calls usually carry them. */
    public record Usage(String mount, long used, long free) {}

    static int add(int a, int b) {
        return a + b;
    }

    static List<Usage> usages(List<Usage> usages) {
        return usages;
    }

    @Setup
    public void connect() {
        broker = Broker.create();
        context = broker.connect(Local.process());
    }

    @TearDown
    public void close() {
        broker.close();
    }

    @Benchmark
    public int numbers() {
        return context.call(CallBenchmark::add, 1, 2);
    }

    @Benchmark
    public List<Usage> records() {
        return context.call(CallBenchmark::usages, List.of(new Usage("/", 1, 2), new Usage("/home", 3, 4)));
    }
}
