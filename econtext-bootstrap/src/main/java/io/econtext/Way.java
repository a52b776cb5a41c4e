package io.econtext;

/**
 * A way in: how a JVM is started somewhere. A value that describes; a connector does it.
 *
 * <p>Implementations are immutable.
 */
public interface Way {

    /** The name its context gets where the caller gives none, such as {@code web1}. */
    String name();

    /** The way as a specification, such as {@code ssh://deploy@web1:22}; never with a secret. */
    String address();

    /** What the context is to be like, whatever the way. */
    ContextOptions options();
}
