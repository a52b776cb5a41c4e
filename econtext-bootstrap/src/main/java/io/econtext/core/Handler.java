package io.econtext.core;

/** What a handle leads to. */
public abstract class Handler {
    /** The context whose end ends this, or -1. */
    protected final int peer;

    protected Handler(int peer) {
        this.peer = peer;
    }

    /**
     * Takes a whole message, on the reader thread of the link it came by: must not block, run user code, decode
     * bodies or load classes.
     */
    public abstract void handle(Message message);

    /** The peer is gone; nothing will come from it any more. */
    public void lost(String reason) {}
}
