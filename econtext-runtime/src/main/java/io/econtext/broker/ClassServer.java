package io.econtext.broker;

import java.util.Collection;

/**
 * Decides what classes and resources leave the controller, and finds them. Found as a service. Safe for use by several
 * threads.
 */
public interface ClassServer {

    /** The number by which messages name the class path that {@code loader} sees; 0 is econtext itself. */
    int loaderId(ClassLoader loader);

    /**
     * Answers a request of a target, which is not trusted.
     *
     * @param feature the Java feature version of the target
     */
    Answer find(int loaderId, String name, boolean resource, int feature);

    /**
     * What should be sent ahead of a call: the classes named and what they need to be loaded, as far as policy and the
     * limit on size allow.
     *
     * @param sent names of what this target already has or was sent, {@code loader id/name}; added to
     * @return entries, or {@code null} if nothing is to be sent
     */
    byte[] ahead(int loaderId, Collection<String> classNames, java.util.Set<String> sent);

    /** The first stage's jar. */
    byte[] bootJar();

    /** The core, packed, its length first, as the boot jar's main class reads it. */
    byte[] core();

    /**
     * An answer in the form of the protocol.
     *
     * @param body the reply's body
     * @param classes how many classes it carries
     */
    record Answer(byte[] body, int classes) {}
}
