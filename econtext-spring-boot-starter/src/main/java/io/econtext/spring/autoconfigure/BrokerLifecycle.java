package io.econtext.spring.autoconfigure;

import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Connects the eager contexts when the application starts, and closes all when it stops, after the web server.
 *
 * <p>Used by the threads that start and stop the application; connecting goes on in the background.
 */
final class BrokerLifecycle implements SmartLifecycle {
    /** The web server drains at 1024 below the default and stops at 2048 below it; lower means later. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger LOGGER = LoggerFactory.getLogger(BrokerLifecycle.class);

    private final ConfigurableListableBeanFactory beans;
    private final ContextPlan plan;
    private volatile boolean running;

    BrokerLifecycle(ConfigurableListableBeanFactory beans, ContextPlan plan) {
        this.beans = beans;
        this.plan = plan;
    }

    @Override
    public void start() {
        plan.checkKeys();
        running = true;
        plan.contexts().forEach((name, planned) -> {
            if (planned.eager()) {
                connect(name);
            }
        });
    }

    private void connect(String name) {
        beans.getBean(name, RemoteContext.class).connectAsync().whenComplete((context, failure) -> {
            if (failure != null) {
                LOGGER.warn("Context {} is not connected yet, the next call tries again: {}", name, text(failure));
            }
        });
    }

    private static String text(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    @Override
    public void stop() {
        for (String name : beans.getBeanNamesForType(Broker.class, false, false)) {
            // one that was never used is not made to be closed
            if (beans.getSingleton(name) instanceof Broker broker) {
                broker.close();
            }
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Contexts stay up while a test framework pauses the application. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
