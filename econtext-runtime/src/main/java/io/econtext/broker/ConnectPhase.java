package io.econtext.broker;

/** What a context that is connecting does. */
public enum ConnectPhase {
    /** The context that starts it is connecting itself. */
    WAITING_FOR_PARENT,
    /** As many are connecting as may at a time. */
    WAITING_FOR_TURN,
    /** A connection is made, or the program runs that leads there. */
    STARTING,
    /** The core was sent, and its JVM starts. */
    BOOTING,
    /** It is there, or nearly, and is to call back. */
    CALLING_BACK
}
