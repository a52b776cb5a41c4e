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

    /**
     * How a program of the host that it leads from starts the context, or {@code null}, the default, if none can: then
     * only a connector of the controller knows the way.
     *
     * @throws ConnectFailedException if the program can't follow what is set
     */
    default Launch launch() {
        return null;
    }
}
