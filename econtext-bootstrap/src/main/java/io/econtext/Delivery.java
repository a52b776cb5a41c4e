package io.econtext;

/** How far a call that failed had come. */
public enum Delivery {
    /** It never left; it can be made again safely. */
    NOT_SENT,
    /** It left, and nobody knows. */
    MAYBE_RAN,
    /** It ran; only its answer was lost. */
    RAN
}
