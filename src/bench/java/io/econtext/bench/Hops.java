package io.econtext.bench;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;

/** Calls in a child and in a child's child's child, by turns. Used by one thread. */
final class Hops {
    static final String ONE = "%s: call through one hop, µs";
    static final String THREE = "%s: call through three hops, µs";

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 20;
    private static final int CALLS = 500;

    private Hops() {}

    static void measure(Samples samples) {
        try (Broker broker = Broker.create()) {
            RemoteContext one = broker.connect(Local.process().named("one"));
            RemoteContext three = one.connect(Local.process()).connect(Local.process());
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                calls(samples, round >= 0, ONE, one);
                calls(samples, round >= 0, THREE, three);
            }
        }
    }

    private static void calls(Samples samples, boolean count, String what, RemoteContext context) {
        for (int i = 0; i < CALLS; i++) {
            double micros = Figures.call(context);
            if (count) {
                samples.keep(what.formatted("local"), micros);
            }
        }
    }
}
