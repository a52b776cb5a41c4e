package io.econtext.core;

/** What a handle leads to. */
public abstract class Handler {
    /** For a peer: anyone may send here. */
    public static final int ANYONE = -1;
    /** For a peer: only ancestors may send here. */
    public static final int ANCESTORS = -2;

    /** The context whose end ends this, or one of the above. */
    protected final int peer;

    protected Handler(int peer) {
        this.peer = peer;
    }

    /**
     * Takes a whole message, on the reader thread of the link it came by: must not block, run user code, decode
     * bodies or load classes.
     */
    public abstract void handle(Message message);

    /** Whether {@code message} may come here: it is the peer's, or says on its behalf that nothing got to it. */
    protected boolean accepts(Message message) {
        return peer < 0 || message.authority == peer;
    }

    /** The peer is gone: nothing will come from it any more, and the handle is free again. */
    public void lost(String reason) {}
}
