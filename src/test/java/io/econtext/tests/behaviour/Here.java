package io.econtext.tests.behaviour;

import io.econtext.broker.Broker;

/** This side: a broker, and what it tells. Not part of {@link Behaviour}, whose subclasses have lambdas that travel. */
final class Here implements AutoCloseable {
    final Printed printed = new Printed();
    final Events events = new Events();
    final Broker broker = Broker.builder().logSink(printed).listener(events).build();

    @Override
    public void close() {
        broker.close();
    }
}
