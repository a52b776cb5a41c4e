package io.econtext.spring;

/**
 * A context came up or ended.
 *
 * @param context its name
 * @param kind what happened
 * @param reason why, for people; may be empty
 */
public record ContextStateEvent(String context, Kind kind, String reason) {

    /** What happened to the context. */
    public enum Kind {
        /** Calls go through. */
        CONNECTED,
        /** The same after it was lost: what was in it before is gone. */
        RECONNECTED,
        /** It ended by itself or by its link, or never came up. */
        LOST,
        /** It was ended by us. */
        CLOSED
    }
}
