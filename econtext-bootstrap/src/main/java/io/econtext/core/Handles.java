package io.econtext.core;

/** The well-known handles: small numbers that mean the same in every context. */
public final class Handles {
    /** Keeps a silent link alive; carries nothing. */
    public static final int NOTHING = 1;
    /** Down: {@link Calls}. */
    public static final int CALL = 2;
    /** Down: stop a call. */
    public static final int CANCEL = 3;
    /** Up: {@link ClassRequests}. */
    public static final int CLASS = 4;
    /** Down: classes that will be needed. */
    public static final int PUSH = 5;
    /** Up: log lines. */
    public static final int LOG = 6;
    /** Down: what is to be logged. */
    public static final int LOG_LEVEL = 7;
    /** Up: what the new context is. */
    public static final int HELLO = 8;
    /** Down: end within a grace. */
    public static final int SHUTDOWN = 9;
    /** Both ways: the last message of a link, with its reason. */
    public static final int GOODBYE = 10;
    /** Up: a call ignores its interrupt. */
    public static final int STUCK = 11;

    /** To neighbours: contexts are {@link Router.Gone gone}. */
    public static final int GONE = 12;
    /** Down, to neighbours: ids are leased. Up: a context asks for one. */
    public static final int LEASE = 13;
    /** Up: what children were refused. */
    public static final int REFUSED = 14;

    /** Down: which classes were {@link ClassRequests loaded}? */
    public static final int LOADED = 15;

    /** The first of the numbers that are given out. */
    public static final int DYNAMIC = 1024;

    private Handles() {}
}
