package io.econtext.spring;

import io.econtext.broker.Broker;

/** A bean of this type has a say when the broker is made; several do so in their order. */
@FunctionalInterface
public interface BrokerCustomizer {

    /** Called once, after what the properties say was applied. */
    void customize(Broker.Builder builder);
}
