package io.econtext;

/** Where a context stands in its life. */
public enum ContextState {
    /** Known, never connected. */
    NEW,
    /** A transport is being opened or a JVM is booting. */
    CONNECTING,
    /** It was up and was lost, and a transport is being opened or a JVM is booting again. */
    RECONNECTING,
    /** Calls go through; what is connected after {@link #RECONNECTING} is another life of the context. */
    CONNECTED,
    /** Running calls finish; new ones are refused. */
    CLOSING,
    /** Ended by us; can be connected again where it is configured. */
    CLOSED,
    /** Ended by itself, by its link, or never came up; the next call connects it again, or a pause's end does. */
    LOST
}
