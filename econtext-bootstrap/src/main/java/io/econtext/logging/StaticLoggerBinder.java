package io.econtext.logging;

import org.slf4j.ILoggerFactory;

/** What SLF4J 1.7 finds on a target: there it is in package {@code org.slf4j.impl}. */
public final class StaticLoggerBinder {
    /** Read by SLF4J, so no constant of the compiler's. */
    public static final String REQUESTED_API_VERSION = "1.7".concat(".99");

    private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

    private final ILoggerFactory factory = new BridgeFactory();

    private StaticLoggerBinder() {}

    public static StaticLoggerBinder getSingleton() {
        return SINGLETON;
    }

    public ILoggerFactory getLoggerFactory() {
        return factory;
    }

    public String getLoggerFactoryClassStr() {
        return BridgeFactory.class.getName();
    }
}
