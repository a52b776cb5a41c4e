package io.econtext;

/** Where a context stands in its life. */
public enum ContextState {
    /** Known, never connected. */
    NEW,
    /** A transport is being opened or a JVM is booting. */
    CONNECTING,
    /** Calls go through. */
    CONNECTED,
    /** Running calls finish; new ones are refused. */
    CLOSING,
    /** Ended by us; can be connected again where it is configured. */
    CLOSED,
    /** Ended by itself, by its link, or never came up. */
    LOST
}
